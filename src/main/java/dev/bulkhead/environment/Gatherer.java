package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Unreadable;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.keeping.KeptEntry;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads, from caches only, the resources of an environment and what they refer to. */
public final class Gatherer {

    public static final String DEFAULT_CLASS = "bulkhead.dev/is-default-class";

    private final Hub hub;

    public Gatherer(Hub hub) {
        this.hub = hub;
    }

    public Gathering gather(Environment environment, List<Operation> operations) {
        var id = EnvironmentId.of(environment);
        var candidates = classes(environment);
        if (candidates.size() != 1) {
            return noClass(environment, candidates);
        }
        var environmentClass = candidates.getFirst();
        var unreadable = Unreadable.of(environmentClass);
        if (unreadable.isPresent()) {
            return new Gathering.Missing(
                    Reason.Unreadable,
                    "EnvironmentClass %s isn't understood by this version of Bulkhead: %s. Correct it, or update Bulkhead"
                            .formatted(environmentClass.getMetadata().getName(), unreadable.get()));
        }
        var cluster = cluster(environment, environmentClass);
        if (cluster.isEmpty()) {
            return new Gathering.Missing(
                    Reason.WaitingForCluster,
                    "No cluster is named. Set spec.clusterRef, or spec.defaultCluster of EnvironmentClass %s"
                            .formatted(environmentClass.getMetadata().getName()));
        }
        if (hub.cluster(cluster.get()).isEmpty()) {
            return new Gathering.Missing(
                    Reason.WaitingForCluster,
                    "TargetCluster %s isn't there. Create it, or name another in spec.clusterRef"
                            .formatted(cluster.get()));
        }
        var departed = hub.departed(id);
        return new Gathered(
                environment,
                environmentClass.getMetadata().getName(),
                environmentClass.getSpec(),
                cluster.get(),
                hub.namespaceLabels(id.namespace()),
                hubNamespaces(environment),
                hub.workloads(id),
                hub.networkPolicySets(id),
                hub.secretScopes(id),
                departed,
                hub.secrets(id.namespace()),
                shelf(id, departed),
                new Sharing(hub).grants(id),
                operations,
                List.of());
    }

    /** Where nothing is made, nobody asks the vault. */
    private Shelf shelf(EnvironmentId id, List<SecretScope> departed) {
        return hub.secretScopes(id).stream().anyMatch(Gatherer::keeps) || !departed.isEmpty()
                ? hub.shelf(id)
                : Shelf.empty(id);
    }

    /** Also where the last entry that was kept is declared no more: it may be in the middle of a rotation. */
    private static boolean keeps(SecretScope scope) {
        var status = scope.getStatus();
        return Sharing.mayClaim(scope)
                || scope.getSpec().entries().stream().anyMatch(it -> KeptEntry.isKept(it) || it.broughtByOthers())
                || status != null && status.entries().stream().anyMatch(it -> it.rotationId() != null);
    }

    private Set<String> hubNamespaces(Environment environment) {
        return environment.getSpec().namespaces().stream().allMatch(it -> it.existingName() == null)
                ? Set.of()
                : hub.environments().stream()
                        .map(it -> it.getMetadata().getNamespace())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private List<EnvironmentClass> classes(Environment environment) {
        var named = environment.getSpec().classRef();
        return hub.classes().stream()
                .filter(it -> named == null
                        ? isDefault(it)
                        : it.getMetadata().getName().equals(named.name()))
                .toList();
    }

    private static boolean isDefault(EnvironmentClass environmentClass) {
        var annotations = Optional.ofNullable(environmentClass.getMetadata().getAnnotations());
        return "true".equals(annotations.orElse(Map.of()).get(DEFAULT_CLASS));
    }

    private static Gathering.Missing noClass(Environment environment, List<EnvironmentClass> candidates) {
        var named = environment.getSpec().classRef();
        if (named != null) {
            return new Gathering.Missing(
                    Reason.WaitingForClass,
                    "EnvironmentClass %s isn't there. Create it, or name another in spec.classRef"
                            .formatted(named.name()));
        }
        return new Gathering.Missing(
                Reason.WaitingForClass,
                candidates.isEmpty()
                        ? "No class is named in spec.classRef, and no EnvironmentClass has the annotation %s: \"true\""
                                .formatted(DEFAULT_CLASS)
                        : "No class is named in spec.classRef, and several are marked default: %s. Leave one"
                                .formatted(candidates.stream()
                                        .map(it -> it.getMetadata().getName())
                                        .sorted()
                                        .toList()));
    }

    /** The cluster that an environment has from its class, if that is there. */
    static Optional<String> ofClass(Hub hub, Environment environment) {
        return new Gatherer(hub).classes(environment).stream().findFirst().map(it -> it.getSpec()
                .defaultCluster());
    }

    /** The cluster that an environment is meant to be on: its own word, else its class's. */
    public static Optional<String> cluster(Environment environment, EnvironmentClass environmentClass) {
        var named = environment.getSpec().clusterRef();
        return named == null
                ? Optional.ofNullable(environmentClass.getSpec().defaultCluster())
                : Optional.of(named.name());
    }
}
