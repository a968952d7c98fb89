package dev.bulkhead.environment;

import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.status.Patience;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When to look again if nothing happens. In peace rarely, and not all at once; after a fault soon, then ever less often,
 * but never not at all.
 */
public final class Cadence {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final Duration resync;
    private final Map<EnvironmentId, Retry> failures = new ConcurrentHashMap<>();

    /** @param due when it is tried again, if nothing happens before */
    private record Retry(int attempt, Instant due) {

        static Retry number(int attempt, Instant now) {
            var wait = FIRST_RETRY.multipliedBy(1L << Math.min(attempt - 1, 16));
            return new Retry(attempt, now.plus(wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY));
        }
    }

    public Cadence(Duration resync) {
        this.resync = resync;
    }

    public Duration next(EnvironmentId environment, Pass pass, List<Condition> conditions, Instant now) {
        return switch (pass) {
            case Pass.Missing _ -> soonest(Patience.remaining(conditions, now), environment);
            case Pass.Impossible _, Pass.Previewed _, Pass.Abandoned _ -> calm(environment);
            case Pass.Ending ending -> ending.done() ? calm(environment) : retry(environment, now);
            case Pass.Released released -> released.done() ? calm(environment) : retry(environment, now);
            case Pass.Live live -> orSooner(afterApply(environment, live, now), live, now);
        };
    }

    private Duration afterApply(EnvironmentId environment, Pass.Live live, Instant now) {
        if (live.outcome().all(Applied.Refused.class).findAny().isPresent()
                || live.outcome().all(Applied.Foreign.class).findAny().isPresent()
                || live.outcome().all(Applied.Waiting.class).findAny().isPresent()
                || live.outcome().all(Applied.Withheld.class).anyMatch(Cadence::passes)) {
            return retry(environment, now);
        }
        failures.remove(environment);
        return live.outcome()
                .all(Applied.Contested.class)
                .map(it -> Duration.between(now, it.contest().nextRepair()))
                .min(Duration::compareTo)
                .map(it -> it.isNegative() ? FIRST_RETRY : it.plusMillis(100))
                .orElseGet(() -> jittered(environment));
    }

    /** What has a time of its own comes then, if that is sooner. */
    private static Duration orSooner(Duration next, Pass.Live live, Instant now) {
        var wake = live.kept().wake();
        if (wake == null) {
            return next;
        }
        var wait = Duration.between(now, wake).plusMillis(10);
        return wait.isNegative() ? Duration.ofMillis(10) : wait.compareTo(next) < 0 ? wait : next;
    }

    /** Time takes it away, and nobody tells. */
    private static boolean passes(Applied.Withheld withheld) {
        return withheld.verdict().why() != Applied.Withheld.Why.BLAST_RADIUS;
    }

    /** A look that something else asked for is no failure more: what heals by time must not wait longer for it. */
    private Duration retry(EnvironmentId environment, Instant now) {
        var next = failures.compute(
                environment,
                (_, before) -> before == null
                        ? Retry.number(1, now)
                        : now.isBefore(before.due) ? before : Retry.number(before.attempt + 1, now));
        return Duration.between(now, next.due);
    }

    private Duration soonest(Duration wait, EnvironmentId environment) {
        return wait.isZero() ? calm(environment) : wait.plusMillis(100);
    }

    private Duration calm(EnvironmentId environment) {
        failures.remove(environment);
        return jittered(environment);
    }

    /** Spread by name, so that after a restart not all of them come back in the same second. */
    private Duration jittered(EnvironmentId environment) {
        return resync.plus(resync.dividedBy(10)
                .multipliedBy(Math.floorMod(environment.hashCode(), 100))
                .dividedBy(100));
    }

    public void forget(EnvironmentId environment) {
        failures.remove(environment);
    }
}
