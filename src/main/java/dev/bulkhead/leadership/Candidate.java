package dev.bulkhead.leadership;

/**
 * What one replica knows of the election: a value. Its times are nanoseconds of its own clock that never goes back, and
 * never another's: whether a lease has run out is judged by when we saw it change, not by the time that stands in it, so
 * clocks that differ do no harm.
 *
 * @param seat as it was last seen
 * @param seenAt when it was first seen like that
 * @param leads whether it holds the seat, and never lost it
 * @param until when its right to write ends, if it leads
 */
record Candidate(String name, Terms terms, Seat seat, long seenAt, boolean leads, long until) {

    static Candidate named(String name, Terms terms) {
        return new Candidate(name, terms, Seat.MISSING, 0, false, 0);
    }

    /** A seat from before ours can be in our name, too; but all that we learnt since then is of a world that is no more. */
    Candidate sees(Seat found, long now) {
        var unchanged = found.version().equals(seat.version());
        return new Candidate(
                name, terms, found, unchanged ? seenAt : now, leads && holds(found) && !found.isBefore(seat), until);
    }

    /** Also when its own name is there already: a container that was killed and comes back needn't wait for itself. */
    boolean mayBid(long now) {
        return seat.isVacant()
                || holds(seat)
                || now - seenAt
                        >= Math.max(seat.lasts().toNanos(), terms.lease().toNanos());
    }

    Seat bid() {
        return new Seat(name, terms.lease(), holds(seat) ? seat.transitions() : seat.transitions() + 1, seat.version());
    }

    /** @param askedAt before the request was sent: others may count from any moment after that */
    Candidate sits(Seat won, long askedAt) {
        return new Candidate(
                name, terms, won, askedAt, true, askedAt + terms.renewal().toNanos());
    }

    Candidate stands() {
        return new Candidate(name, terms, seat, seenAt, false, until);
    }

    boolean mayWrite(long now) {
        return leads && now - until < 0;
    }

    /** Leaves at once to others what would else be theirs after the lease. */
    Seat farewell() {
        return new Seat("", terms.retry(), seat.transitions(), seat.version());
    }

    private boolean holds(Seat one) {
        return one.holder().equals(name);
    }
}
