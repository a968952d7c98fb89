package dev.bulkhead.leadership;

import java.util.Optional;

/** Where the seat is kept, for all replicas to see. Each request ends within a few seconds, or throws. */
interface SeatStore {

    Seat read();

    /**
     * Writes the seat, if it still is in the version that was read.
     *
     * @return what it is now; empty when somebody else was quicker
     */
    Optional<Seat> write(Seat seat);
}
