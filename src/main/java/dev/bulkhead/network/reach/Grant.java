package dev.bulkhead.network.reach;

import java.util.BitSet;
import java.util.List;

/**
 * Whom a port, or a route, lets in.
 *
 * @param identities names of which one has to be the caller's; empty: nobody has to have one
 * @param regions where the caller has to be
 */
record Grant(List<String> identities, BitSet regions) {

    /** Every caller with any identity. */
    static final List<String> ANY_IDENTITY = List.of("*");

    static final List<String> NO_IDENTITY = List.of();

    /**
     * Somebody at the door.
     *
     * @param identity empty: none that the mesh knows
     */
    record Caller(String identity, int region) {}

    boolean admits(Caller caller) {
        return regions.get(caller.region)
                && (identities.isEmpty()
                        || !caller.identity.isEmpty()
                                && identities.stream().anyMatch(pattern -> fits(pattern, caller.identity)));
    }

    /** Both have to hold; at most one of them asks for an identity. */
    Grant and(Grant other) {
        var both = (BitSet) regions.clone();
        both.and(other.regions);
        return new Grant(identities.isEmpty() ? other.identities : identities, both);
    }

    boolean admitsEverybody(int everywhere) {
        return identities.isEmpty() && regions.cardinality() == everywhere;
    }

    private static boolean fits(String pattern, String identity) {
        return pattern.startsWith("*") ? identity.endsWith(pattern.substring(1)) : identity.equals(pattern);
    }
}
