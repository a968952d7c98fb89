package dev.bulkhead.environment.adoption;

import dev.bulkhead.api.v1alpha1.AdoptMode;
import dev.bulkhead.apply.Adoption;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Site;
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
        var found = new TreeMap<Ref, Adoption>();
        planned.plan().entries().stream()
                .filter(entry -> entry instanceof ObjectEntry && existing.contains(entry.ref().home()))
                .filter(entry -> site.observed(entry.ref())
                        .filter(it -> blueprint.ownership().owns(it.labels()))
                        .isPresent())
                .forEach(entry -> site.get(entry.ref())
                        .flatMap(live -> adoption(entry, live))
                        .ifPresent(it -> found.put(entry.ref(), it)));
        return new Adoptions(found);
    }

    private static Optional<Adoption> adoption(Entry entry, GenericKubernetesResource live) {
        var candidate = new Candidate(entry, live);
        if (ownsNothingButMetadata(live)) {
            return Optional.of(candidate.adoption(AdoptMode.Keep, 0));
        }
        return candidate.runsPods() && !candidate.selector().containsKey(Ownership.WORKLOAD)
                ? Optional.of(candidate.adoption(AdoptMode.Apply, 0).taken())
                : Optional.empty();
    }

    /** A namespace has nothing else in any case. To take it for found keeps it from going with its environment. */
    private static boolean ownsNothingButMetadata(GenericKubernetesResource live) {
        return Digest.managedFields(live.getMetadata(), Ownership.MANAGER)
                .map(Map::keySet)
                .filter(Set.of("f:metadata")::containsAll)
                .isPresent();
    }
}
