package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.TargetClusterStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
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

    private final Map<String, Deque<Instant>> changes = new ConcurrentHashMap<>();

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
        var known = changes.computeIfAbsent(uid, _ -> new ArrayDeque<>());
        synchronized (known) {
            known.removeIf(it ->
                    it.isAfter(now) || !it.plus(EACH.multipliedBy(AT_ONCE)).isAfter(now));
            if (known.size() >= AT_ONCE) {
                return Duration.between(now, known.peekFirst().plus(EACH.multipliedBy(AT_ONCE)));
            }
            known.addLast(now);
            return Duration.ZERO;
        }
    }

    private static List<String> standing(TargetClusterStatus status) {
        return status.conditions().stream()
                .map(it -> it.getType() + it.getStatus() + it.getReason())
                .toList();
    }
}
