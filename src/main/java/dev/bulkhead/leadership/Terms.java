package dev.bulkhead.leadership;

import java.time.Duration;

/**
 * The times of an election.
 *
 * @param lease others leave the seat alone for so long after they last saw it renewed
 * @param renewal the leader writes for so long after it last asked to be renewed, successfully; shorter than the lease,
 *     so that what is on its way when the time is up has arrived before another begins
 * @param retry how often the leader renews, and others look
 */
public record Terms(Duration lease, Duration renewal, Duration retry) {

    /** Those of Kubernetes' own controllers. */
    public static final Terms DEFAULTS =
            new Terms(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
}
