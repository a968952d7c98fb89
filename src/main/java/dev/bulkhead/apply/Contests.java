package dev.bulkhead.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers repairs, so that a writer who keeps fighting us is named and met with patience instead of a loop: after
 * {@value #FIGHT} repairs in short order each further one waits twice as long, up to {@link #LONGEST}.
 */
public final class Contests {

    static final int FIGHT = 5;
    static final Duration CALM = Duration.ofMinutes(10);
    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(10);

    private final Map<Ref, Contest> contests = new ConcurrentHashMap<>();

    /** @param manager who changed it last; empty when it was deleted, which leaves no name */
    public record Contest(Ref ref, int repairs, Instant last, String manager) {

        Duration patience() {
            return repairs < FIGHT ? Duration.ZERO : min(FIRST.multipliedBy(1L << Math.min(repairs - FIGHT, 16)));
        }

        public Instant nextRepair() {
            return last.plus(patience());
        }

        private static Duration min(Duration wait) {
            return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
        }
    }

    /** The contest over an object while it is too early for another repair. */
    public Optional<Contest> holdBack(Ref ref, Instant now) {
        return Optional.ofNullable(contests.get(ref))
                .filter(contest -> contest.repairs >= FIGHT && now.isBefore(contest.nextRepair()));
    }

    public void repaired(Ref ref, String manager, Instant now) {
        contests.compute(
                ref,
                (_, before) -> before == null || calm(before, now)
                        ? new Contest(ref, 1, now, manager)
                        : new Contest(ref, before.repairs + 1, now, manager));
        contests.values().removeIf(contest -> calm(contest, now));
    }

    private static boolean calm(Contest contest, Instant now) {
        return now.isAfter(contest.nextRepair().plus(CALM));
    }
}
