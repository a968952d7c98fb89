package dev.bulkhead.cluster;

import java.time.Duration;
import java.time.Instant;

/**
 * What is to be done next about one target cluster, and when: a value. It looks at a cluster now and then, opens the way
 * to it while somebody uses it, and after a failure tries again ever more slowly, but never not at all.
 *
 * @param failures in a row; a way that didn't stay open for {@link #STEADY} was one
 * @param looked when it was last looked at, well or not
 * @param since when this stage began
 * @param prompted whether there is a reason to look again at once
 * @param spread from 0 to 1, another for each cluster, so that not all are tried in the same second
 */
record ConnectionSchedule(Stage stage, int failures, Instant looked, Instant since, boolean prompted, double spread) {

    /** How often an open way is looked at. */
    static final Duration CHECK = Duration.ofMinutes(1);

    /** How often a cluster is looked at that nobody uses. */
    static final Duration CALM = Duration.ofMinutes(5);

    static final Duration STEADY = Duration.ofMinutes(1);
    static final Duration SOONEST = Duration.ofSeconds(1);

    /** The longest wait for a cluster that is used: when it is back, its environments must be right within two minutes. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    enum Stage {
        /** Nothing is known of it. */
        NEW,
        /** It was looked at, and is as it should be. */
        SEEN,
        OPEN,
        BROKEN
    }

    enum Move {
        REST,
        LOOK,
        OPEN,
        CLOSE
    }

    static ConnectionSchedule begin(String cluster, Instant now) {
        return new ConnectionSchedule(Stage.NEW, 0, now, now, false, Math.floorMod(cluster.hashCode(), 64) / 64.0);
    }

    /** @param wanted whether somebody uses the cluster, or did so lately */
    Move next(Instant now, boolean wanted) {
        return switch (stage) {
            case OPEN -> wanted ? isDue(now, true) ? Move.LOOK : Move.REST : Move.CLOSE;
            case NEW, SEEN -> wanted ? Move.OPEN : isDue(now, false) ? Move.LOOK : Move.REST;
            case BROKEN -> !isDue(now, wanted) ? Move.REST : wanted ? Move.OPEN : Move.LOOK;
        };
    }

    /** A clock that was set back must not stop the looking. */
    private boolean isDue(Instant now, boolean wanted) {
        return now.isBefore(looked) || !now.isBefore(looked.plus(pause(wanted)));
    }

    private Duration pause(boolean wanted) {
        if (prompted) {
            return SOONEST;
        }
        return switch (stage) {
            case NEW -> Duration.ZERO;
            case SEEN -> spread(CALM);
            case OPEN -> spread(CHECK);
            case BROKEN -> spread(backoff(wanted ? LONGEST : CALM));
        };
    }

    private Duration backoff(Duration longest) {
        var wait = SOONEST.multipliedBy(1L << Math.clamp(failures - 1L, 0, 16));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    private Duration spread(Duration pause) {
        return pause.plusMillis((long) (pause.toMillis() * spread / 4));
    }

    ConnectionSchedule prompt() {
        return new ConnectionSchedule(stage, failures, looked, since, true, spread);
    }

    /** It is as it should be. */
    ConnectionSchedule seen(Instant now) {
        return stage == Stage.OPEN
                ? new ConnectionSchedule(stage, failures, now, since, false, spread)
                : new ConnectionSchedule(Stage.SEEN, 0, now, now, false, spread);
    }

    ConnectionSchedule opened(Instant now) {
        return new ConnectionSchedule(Stage.OPEN, failures, now, now, false, spread);
    }

    ConnectionSchedule closed(Instant now) {
        return new ConnectionSchedule(Stage.SEEN, 0, now, now, false, spread);
    }

    ConnectionSchedule failed(Instant now) {
        var wasSteady = stage == Stage.OPEN && !now.isBefore(since.plus(STEADY));
        return new ConnectionSchedule(Stage.BROKEN, wasSteady ? 1 : failures + 1, now, now, false, spread);
    }
}
