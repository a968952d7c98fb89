package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.TargetClusterStatus;
import dev.bulkhead.status.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps a status from flapping with its cluster. What is new is said at once; what was said before may be said again at
 * once, and after that every other minute.
 */
final class StatusThrottle {

    static final int AT_ONCE = 2;
    static final Duration EACH = Duration.ofMinutes(2);

    private final Map<String, Credit> credits = new ConcurrentHashMap<>();

    /**
     * How often one thing may be said at once.
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
        credits.values().removeIf(it -> !it.full.isAfter(now));
        var words = uid + words(next);
        var credit = credits.getOrDefault(words, new Credit(now));
        var wait = credit.wait(now);
        if (wait.isZero()) {
            credits.put(words, credit.less(now));
        }
        return wait;
    }

    private static String words(TargetClusterStatus status) {
        return Stream.of(Conditions.READY, ClusterReporter.MESH_IDENTITY)
                .flatMap(type -> Conditions.find(status.conditions(), type).stream())
                .map(it -> it.getStatus() + it.getReason() + it.getMessage())
                .collect(Collectors.joining());
    }

    private static List<String> standing(TargetClusterStatus status) {
        return status.conditions().stream()
                .map(it -> it.getType() + it.getStatus() + it.getReason())
                .toList();
    }
}
