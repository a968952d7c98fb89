package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClassSpec;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.SecretSource;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.cluster.Delivered;
import dev.bulkhead.environment.keeping.Grants;
import dev.bulkhead.secrets.vault.Shelf;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The resources of one environment, as they stand in the hub, before anybody judged them.
 *
 * @param className the class that applies, named or default
 * @param cluster the target cluster that applies, named or the class's
 * @param hubNamespaceLabels the labels of the namespace that the environment is in
 * @param hubNamespaces the namespaces in which environments are declared; looked up only where a namespace is adopted
 * @param departed SecretScopes that are gone, as they were accepted last
 * @param hubSecrets of the Secrets in that namespace: name → data key → keyed hash of the value
 * @param shelf the versions of the secrets that are made here, and where each is on its way
 * @param grants what other SecretScopes of the hub namespace let it use
 * @param operations what is to be done once, on somebody's word, the oldest first
 * @param delivered what others deliver into its namespaces, and want restarted with secret entries
 */
public record Gathered(
        Environment environment,
        String className,
        EnvironmentClassSpec environmentClass,
        String cluster,
        Map<String, String> hubNamespaceLabels,
        Set<String> hubNamespaces,
        List<Workload> workloads,
        List<NetworkPolicySet> networkPolicySets,
        List<SecretScope> secretScopes,
        List<SecretScope> departed,
        Map<String, Map<String, String>> hubSecrets,
        Shelf shelf,
        Grants grants,
        List<Operation> operations,
        List<Delivered> delivered)
        implements Gathering {

    /** The keyed hash of what a Static entry comes from, if that is there. */
    public Optional<String> source(SecretEntry entry) {
        return Optional.ofNullable(entry.from())
                .map(SecretSource::secretRef)
                .flatMap(from -> Optional.ofNullable(
                        hubSecrets.getOrDefault(from.name(), Map.of()).get(from.key())));
    }

    /** Of a Static entry without a version the keyed hash of what is published, or will be. */
    public Optional<String> copied(SecretEntry entry) {
        return Optional.of(entry)
                .filter(it -> !shelf.journal().lines().containsKey(it.name()))
                .flatMap(this::source)
                // A version that we made has a rotation that brought it.
                .or(() -> entry.from() == null
                        ? Optional.empty()
                        : told(_ -> true, entry.name())
                                .filter(it -> it.rotationId() == null)
                                .map(SecretEntryStatus::version));
    }

    /** What a status tells of the published version of an entry, if there is one. */
    Optional<SecretEntryStatus> told(Predicate<String> scope, String entry) {
        return secretScopes.stream()
                .filter(it -> scope.test(it.getMetadata().getName()) && it.getStatus() != null)
                .flatMap(it -> it.getStatus().entries().stream())
                .filter(it -> it.name().equals(entry) && it.version() != null)
                .findFirst();
    }

    /** What a namespace of it is called in its cluster; one that the environment has given up, by the pattern. */
    public String targetNamespace(String name) {
        var pattern = NamespacePattern.of(environmentClass.namespacePattern());
        var id = EnvironmentId.of(environment);
        return environment.getSpec().namespaces().stream()
                .filter(it -> it.name().equals(name))
                .map(it -> pattern.name(id, it))
                .findFirst()
                .orElseGet(() -> pattern.name(id, name));
    }

    Set<String> targetNamespaces() {
        return environment.getSpec().namespaces().stream()
                .map(it -> targetNamespace(it.name()))
                .collect(Collectors.toSet());
    }

    /** The same with other versions. */
    Gathered with(Shelf other) {
        return with(other, delivered);
    }

    /** The same with what others deliver. */
    Gathered with(List<Delivered> others) {
        return with(shelf, others);
    }

    private Gathered with(Shelf other, List<Delivered> others) {
        return new Gathered(
                environment,
                className,
                environmentClass,
                cluster,
                hubNamespaceLabels,
                hubNamespaces,
                workloads,
                networkPolicySets,
                secretScopes,
                departed,
                hubSecrets,
                other,
                grants.with(EnvironmentId.of(environment), other),
                operations,
                others);
    }

    Map<Origin, HasMetadata> contributors() {
        return Contributors.of(workloads, networkPolicySets, secretScopes);
    }
}
