package dev.bulkhead.environment.adoption;

import dev.bulkhead.api.v1alpha1.AdoptMode;
import dev.bulkhead.apply.Adoption;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Site;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.Planned;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Works out again what was adopted, from the objects themselves, when the inventory that said so is lost. Without it
 * Services and policies would look for pods by labels that adopted pods don't have.
 */
public final class Recovery {

    private Recovery() {}

    /** @param planned as if nothing had been adopted */
    public static Adoptions adoptions(Planned planned, Site site) {
        var blueprint = planned.draft().blueprint();
        var existing = blueprint.spec().namespaces().stream()
                .filter(it -> it.existingName() != null)
                .map(it -> it.existingName())
                .collect(Collectors.toSet());
        var generations = blueprint.workloads().stream()
                .collect(Collectors.toMap(WorkloadSlice::origin, WorkloadSlice::generation));
        var found = new TreeMap<Ref, Adoption>();
        planned.plan().entries().stream()
                .filter(entry -> entry instanceof ObjectEntry
                        && existing.contains(entry.ref().home()))
                .filter(entry -> site.observed(entry.ref())
                        .filter(it -> blueprint.ownership().owns(it.labels()))
                        .isPresent())
                .forEach(entry -> site.get(entry.ref())
                        .flatMap(live -> adoption(entry, live, generations.getOrDefault(entry.origin(), 0L)))
                        .ifPresent(it -> found.put(entry.ref(), it)));
        return new Adoptions(found);
    }

    private static Optional<Adoption> adoption(Entry entry, GenericKubernetesResource live, long generation) {
        var candidate = new Candidate(entry, live);
        if (isKept(entry, live)) {
            return Optional.of(candidate.adoption(AdoptMode.Keep, generation));
        }
        // Of the rest it matters only how pods are found, and that the namespace isn't ours to delete.
        var taken = candidate.runsPods()
                ? !candidate.selector().containsKey(Ownership.WORKLOAD)
                : entry.ref().kind() == Kind.NAMESPACE;
        return taken
                ? Optional.of(candidate.adoption(AdoptMode.Apply, generation).taken())
                : Optional.empty();
    }

    /** What is kept as it was found has of us our labels, and nothing else that is planned. */
    private static boolean isKept(Entry entry, GenericKubernetesResource live) {
        var ours = Digest.managedFields(live.getMetadata(), Ownership.MANAGER).orElse(Map.of());
        if (entry.ref().kind() != Kind.NAMESPACE) {
            return Set.of("f:metadata").containsAll(ours.keySet());
        }
        return !(ours.get("f:metadata") instanceof Map<?, ?> metadata
                && metadata.get("f:labels") instanceof Map<?, ?> labels
                && labels.keySet().stream().anyMatch(it -> it.toString().startsWith("f:pod-security.")));
    }
}
