package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.TargetClusterStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a status from flapping with its cluster: a few changes are shown at once, so that who watches a new cluster sees
 * them all; then one in a minute.
 */
final class Composure {

    static final int AT_ONCE = 4;
    static final Duration EACH = Duration.ofMinutes(1);

    private final Map<String, Credit> credits = new ConcurrentHashMap<>();

    /**
     * How many changes may be shown at once.
     *
     * @param full when there would be all of them again
     */
    private record Credit(Instant full) {

        Duration wait(Instant now) {
            var wait = Duration.between(now, full.minus(EACH.multipliedBy(AT_ONCE - 1L)));
            // A clock that was set back must not silence it for as long.
            return wait.isNegative() || wait.compareTo(EACH) > 0 ? Duration.ZERO : wait;
        }

        Credit less(Instant now) {
            var most = now.plus(EACH.multipliedBy(AT_ONCE - 1L));
            var begin = full.isBefore(now) ? now : full.isAfter(most) ? most : full;
            return new Credit(begin.plus(EACH));
        }
    }

    /**
     * How long a new status has to wait; zero when it may be written, and then it counts.
     *
     * @param uid of the resource
     */
    Duration hold(String uid, TargetClusterStatus before, TargetClusterStatus next, Instant now) {
        if (before != null
                && (!before.observedGeneration().equals(next.observedGeneration())
                        || standing(before).equals(standing(next)))) {
            return Duration.ZERO;
        }
        var credit = credits.getOrDefault(uid, new Credit(now));
        var wait = credit.wait(now);
        if (wait.isZero()) {
            credits.put(uid, credit.less(now));
        }
        return wait;
    }

    private static List<String> standing(TargetClusterStatus status) {
        return status.conditions().stream()
                .map(it -> it.getType() + it.getStatus() + it.getReason())
                .toList();
    }
}
