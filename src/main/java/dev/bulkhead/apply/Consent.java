package dev.bulkhead.apply;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What may go in one pass, and what has to be asked before.
 *
 * @param namespaces target namespaces that may go with the volume claims in them
 * @param approvals the words of removals that somebody has approved
 * @param radius how much may go without
 * @param cuts whether an edge between what stays goes with an object
 * @param passing whether an object was there for a while only, so that its end takes nothing from anybody
 * @param settled until then, what another environment of that name had isn't removed: its contributors may still come
 * @param obstacle asked afresh when something would be removed: why nothing may be, if so
 */
public record Consent(
        Set<String> namespaces,
        Set<String> approvals,
        BlastRadius radius,
        Predicate<Ref> cuts,
        Predicate<Ref> passing,
        Instant settled,
        Supplier<Optional<String>> obstacle) {

    /** Everything may go, except data. */
    public static final Consent NONE =
            new Consent(Set.of(), Set.of(), BlastRadius.UNLIMITED, Instant.MIN, Optional::empty);

    public Consent(
            Set<String> namespaces,
            Set<String> approvals,
            BlastRadius radius,
            Instant settled,
            Supplier<Optional<String>> obstacle) {
        this(namespaces, approvals, radius, _ -> false, _ -> false, settled, obstacle);
    }

    public Consent {
        namespaces = Set.copyOf(namespaces);
        approvals = Set.copyOf(approvals);
    }

    public Consent within(BlastRadius limit) {
        return new Consent(namespaces, approvals, limit, cuts, passing, settled, obstacle);
    }

    public Consent cutting(Predicate<Ref> edges) {
        return new Consent(namespaces, approvals, radius, edges, passing, settled, obstacle);
    }

    public Consent uncounted(Predicate<Ref> passers) {
        return new Consent(namespaces, approvals, radius, cuts, passers, settled, obstacle);
    }

    public Consent settledAt(Instant instant) {
        return new Consent(namespaces, approvals, radius, cuts, passing, instant, obstacle);
    }

    public Consent unless(Supplier<Optional<String>> reason) {
        return new Consent(namespaces, approvals, radius, cuts, passing, settled, reason);
    }
}
