package dev.bulkhead.status;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Waiting for something that somebody else brings is Reconciling for five minutes, so that files may be applied in any
 * order; after that it is Stalled, because it doesn't look as if it came. It still heals by itself when it does.
 */
public final class Patience {

    public static final Duration LIMIT = Duration.ofMinutes(5);

    private Patience() {}

    /** The standing, Stalled when it has been waiting for too long. */
    public static Standing with(Standing standing, List<Condition> before, Instant now) {
        return standing instanceof Standing.Reconciling waiting
                        && waiting.reason().isWaiting()
                        && isOver(waiting.reason(), before, now)
                ? new Standing.Stalled(waiting.reason(), waiting.message())
                : standing;
    }

    /** What it waits for now may have been asked for just now: only for the same thing it stays Stalled. */
    private static boolean isOver(Reason reason, List<Condition> before, Instant now) {
        return isStalled(before)
                ? Conditions.find(before, Conditions.STALLED)
                        .filter(it -> reason.name().equals(it.getReason()))
                        .isPresent()
                : remaining(before, now).isZero();
    }

    private static boolean isStalled(List<Condition> conditions) {
        return Conditions.find(conditions, Conditions.STALLED)
                .filter(it -> "True".equals(it.getStatus()))
                .filter(it -> Reason.isWaiting(it.getReason()))
                .isPresent();
    }

    /** How long until waiting becomes Stalled; zero when it has. */
    public static Duration remaining(List<Condition> before, Instant now) {
        if (isStalled(before)) {
            return Duration.ZERO;
        }
        var since = Conditions.find(before, Conditions.RECONCILING)
                .filter(_ -> isRunning(before))
                .map(it -> Instant.parse(it.getLastTransitionTime()))
                .orElse(now);
        var left = Duration.between(now, since.plus(LIMIT));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether it is waiting, and will be Stalled if nothing comes. */
    public static boolean isRunning(List<Condition> conditions) {
        return Conditions.find(conditions, Conditions.RECONCILING)
                .filter(it -> "True".equals(it.getStatus()))
                .filter(it -> Reason.isWaiting(it.getReason()))
                .isPresent();
    }
}
