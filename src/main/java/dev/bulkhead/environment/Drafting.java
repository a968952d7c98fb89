package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadType;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Origin.Contributor;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.environment.Blueprint.BroughtSecret;
import dev.bulkhead.environment.Blueprint.NetworkSlice;
import dev.bulkhead.environment.Blueprint.PublishedKey;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.keeping.Arrivals;
import dev.bulkhead.environment.keeping.Entries;
import dev.bulkhead.environment.keeping.HookRuns;
import dev.bulkhead.environment.keeping.Materials;
import dev.bulkhead.environment.keeping.Places;
import dev.bulkhead.environment.keeping.Texts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Turns what was gathered into a blueprint: of each contributor this version, the last good one, or none. */
public final class Drafting {

    private static final Comparator<Origin> ORDER = Comparator.comparing(Origin::toString);

    private final String hubId;
    private final Slices slices;

    public Drafting(String hubId, Slices slices) {
        this.hubId = hubId;
        this.slices = slices;
    }

    /**
     * @param live contributor → the generation that the blueprint contains
     */
    public record Draft(Blueprint blueprint, String cluster, Map<Origin, Long> live) {}

    /** @param adoptions what of it was there before us, and still is */
    public Draft draft(Gathered gathered, Acceptance acceptance, Capabilities capabilities, Adoptions adoptions) {
        var live = new TreeMap<Origin, Long>(ORDER);
        var workloads = workloads(gathered, acceptance, live);
        var networks = chosen(
                gathered.networkPolicySets(), NetworkPolicySet.class, Origin::networkPolicySet, acceptance, live);
        var scopes = scopes(gathered, acceptance, live);
        var metadata = gathered.environment().getMetadata();
        var ownership = new Ownership(hubId, EnvironmentId.of(gathered.environment()), metadata.getUid());
        var slices =
                workloads.stream().map(it -> slice(it, gathered, adoptions)).toList();
        var blueprint = new Blueprint(
                ownership,
                gathered.environment().getSpec(),
                gathered.className(),
                gathered.environmentClass(),
                capabilities,
                slices,
                networks.stream()
                        .map(it -> new NetworkSlice(
                                it.getMetadata().getName(), it.getMetadata().getGeneration(), it.getSpec()))
                        .toList(),
                secrets(scopes, gathered, capabilities),
                gathered.shelf().journal().restarts(),
                new HookRuns(hubId, gathered.shelf(), slices).of(Entries.of(scopes)),
                Arrivals.of(brought(scopes), gathered.shelf().journal()),
                gathered.delivered(),
                adoptions);
        live.keySet()
                .removeIf(origin -> origin.kind() == Contributor.WORKLOAD
                        && blueprint.workloads().stream()
                                .noneMatch(it -> it.origin().equals(origin)));
        return new Draft(blueprint, gathered.cluster(), live);
    }

    private <T extends HasMetadata> List<T> chosen(
            List<T> resources,
            Class<T> type,
            Function<String, Origin> origin,
            Acceptance acceptance,
            Map<Origin, Long> live) {
        return resources.stream()
                .filter(it -> it.getMetadata().getDeletionTimestamp() == null)
                .sorted(Comparator.comparing(it -> it.getMetadata().getName()))
                .flatMap(it -> choose(it, type, origin.apply(it.getMetadata().getName()), acceptance).stream())
                .peek(it -> live.put(
                        origin.apply(it.getMetadata().getName()),
                        it.getMetadata().getGeneration()))
                .toList();
    }

    private <T extends HasMetadata> Optional<T> choose(
            T resource, Class<T> type, Origin origin, Acceptance acceptance) {
        return switch (acceptance.verdicts().get(origin)) {
            case Verdict.Accepted _, Verdict.Holding _ -> Optional.of(resource);
            case Verdict.Waiting _, Verdict.Refused _ ->
                slices.last(
                        resource.getMetadata().getNamespace(),
                        origin,
                        resource.getMetadata().getUid(),
                        type);
        };
    }

    private static WorkloadSlice slice(Workload workload, Gathered gathered, Adoptions adoptions) {
        var namespace = gathered.targetNamespace(workload.getSpec().targetNamespace());
        return new WorkloadSlice(
                workload.getMetadata().getName(),
                workload.getMetadata().getGeneration(),
                workload.name(),
                namespace,
                workload.getSpec(),
                adoptions.selector(new Ref(controller(workload.getSpec().type()), namespace, workload.name())));
    }

    private static Kind controller(WorkloadType type) {
        return switch (type) {
            case Stateless -> Kind.DEPLOYMENT;
            case Stateful -> Kind.STATEFUL_SET;
            case Job, Hook -> Kind.JOB;
            case CronJob -> Kind.CRON_JOB;
        };
    }

    private static Map<String, BroughtSecret> brought(List<SecretScope> scopes) {
        var brought = new TreeMap<String, BroughtSecret>();
        scopes.forEach(scope -> scope.getSpec().entries().stream()
                .filter(SecretEntry::broughtByOthers)
                .forEach(entry -> brought.putIfAbsent(
                        entry.name(), new BroughtSecret(scope.getMetadata().getName(), entry, Map.of()))));
        return brought;
    }

    /** What is made here, what comes from elsewhere, and the texts that are made of both. */
    private static Map<String, SecretMaterial> secrets(
            List<SecretScope> scopes, Gathered gathered, Capabilities capabilities) {
        var entries = Entries.of(scopes, gathered.grants());
        var secrets = new TreeMap<String, SecretMaterial>(new Materials(entries, gathered.shelf()).all());
        entries.claims().values().forEach(claim -> claim.material()
                .or(() -> gathered.told(claim.scope()::equals, claim.name())
                        .map(SecretEntryStatus::version)
                        .map(claim::lost))
                .ifPresent(it -> secrets.putIfAbsent(it.entry(), it)));
        copies(scopes, gathered).forEach(secrets::putIfAbsent);
        return withTexts(secrets, scopes, gathered, capabilities);
    }

    /** What is published, with the texts that are made of it. */
    static SortedMap<String, SecretMaterial> withTexts(
            Map<String, SecretMaterial> secrets,
            List<SecretScope> scopes,
            Gathered gathered,
            Capabilities capabilities) {
        return new Texts(
                        secrets,
                        new Places(gathered.workloads(), gathered::targetNamespace, capabilities.clusterDomain()))
                .filledIn(scopes);
    }

    /** The scopes that count, each as it is or as it was accepted last. */
    List<SecretScope> scopes(Gathered gathered, Acceptance acceptance) {
        return scopes(gathered, acceptance, new TreeMap<>(ORDER));
    }

    private List<SecretScope> scopes(Gathered gathered, Acceptance acceptance, Map<Origin, Long> live) {
        var there = there(gathered, acceptance, live);
        return joined(
                there,
                departed(gathered.departed(), there, gathered, acceptance).held());
    }

    /** What of them is there, and of what was taken out of one that which is needed. */
    private List<SecretScope> there(Gathered gathered, Acceptance acceptance, Map<Origin, Long> live) {
        var there = chosen(gathered.secretScopes(), SecretScope.class, Origin::secretScope, acceptance, live);
        var before = gathered.secretScopes().stream()
                .filter(it -> acceptance
                                .verdicts()
                                .get(Origin.secretScope(it.getMetadata().getName()))
                        instanceof Verdict.Holding)
                .flatMap(it -> slices.last(it).stream())
                .toList();
        return joined(there, departed(before, there, gathered, acceptance).held());
    }

    /** What becomes of SecretScopes that were deleted. */
    Departed departed(Gathered gathered, Acceptance acceptance) {
        return gathered.departed().isEmpty()
                ? Departed.NONE
                : departed(
                        gathered.departed(), there(gathered, acceptance, new TreeMap<>(ORDER)), gathered, acceptance);
    }

    private Departed departed(
            List<SecretScope> before, List<SecretScope> there, Gathered gathered, Acceptance acceptance) {
        return before.isEmpty()
                ? Departed.NONE
                : Departed.of(
                        before,
                        there,
                        workloads(gathered, acceptance, new TreeMap<>(ORDER)),
                        gathered.shelf().journal());
    }

    private static List<SecretScope> joined(List<SecretScope> some, List<SecretScope> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private List<Workload> workloads(Gathered gathered, Acceptance acceptance, Map<Origin, Long> live) {
        return chosen(gathered.workloads(), Workload.class, Origin::workload, acceptance, live);
    }

    /**
     * Copies that have no version yet: what they come from, and what was published of them before there were versions. That
     * stays in the target, and nothing restarts. One that was never published is left out.
     */
    private static Map<String, SecretMaterial> copies(List<SecretScope> scopes, Gathered gathered) {
        var materials = new TreeMap<String, SecretMaterial>();
        for (var scope : scopes) {
            for (var entry : scope.getSpec().entries()) {
                if (entry.from() != null && !gathered.shelf().hasCurrent(entry.name())) {
                    var source = entry.from().secretRef();
                    gathered.copied(entry)
                            .map(version -> new SecretMaterial(
                                    entry.name(),
                                    scope.getMetadata().getName(),
                                    Map.of(
                                            SecretMaterial.VALUE,
                                            new PublishedKey(
                                                    new Entry.Source.Copy(
                                                            gathered.environment()
                                                                    .getMetadata()
                                                                    .getNamespace(),
                                                            source.name(),
                                                            source.key()),
                                                    version)),
                                    version,
                                    0))
                            .ifPresent(material -> materials.putIfAbsent(material.entry(), material));
                }
            }
        }
        return materials;
    }
}
