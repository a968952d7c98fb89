package dev.bulkhead.leadership;

import java.time.Duration;

/**
 * What the Lease says.
 *
 * @param holder who leads; empty when nobody does
 * @param lasts how long others leave it alone
 * @param transitions how often it has changed hands
 * @param version which state of it this is; empty as long as there is none
 */
record Seat(String holder, Duration lasts, int transitions, String version) {

    static final Seat MISSING = new Seat("", Duration.ZERO, 0, "");

    boolean isVacant() {
        return holder.isEmpty();
    }

    /** An API server counts upwards only, unless what it stores is replaced by a copy from before. */
    boolean isBefore(Seat other) {
        return !version.isEmpty()
                && !other.version.isEmpty()
                && Long.parseLong(version) < Long.parseLong(other.version);
    }
}
