package dev.bulkhead.environment;

import dev.bulkhead.apply.EnvironmentId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * So many passes at once for each cluster. They wait in threads that cost nothing, so a cluster that doesn't answer holds
 * up its own environments and nobody else's.
 */
public final class Places {

    private final int each;
    private final Map<String, Semaphore> clusters = new ConcurrentHashMap<>();
    private final Set<EnvironmentId> waiting = ConcurrentHashMap.newKeySet();

    public Places(int each) {
        this.each = each;
    }

    <T> T at(String cluster, EnvironmentId environment, Supplier<T> work) {
        var places = clusters.computeIfAbsent(cluster, _ -> new Semaphore(each, true));
        waiting.add(environment);
        try {
            places.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "Ended while %s waited for its turn; nothing was begun".formatted(environment));
        } finally {
            waiting.remove(environment);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /** Whether it would be looked at now if others of its cluster were done sooner. */
    public boolean holdsUp(EnvironmentId environment) {
        return waiting.contains(environment);
    }

    /** How many wait now, by cluster; those of which nobody knows the cluster yet under an empty name. */
    public Map<String, Integer> waiting() {
        var queues = new HashMap<String, Integer>();
        clusters.forEach((cluster, places) -> queues.put(cluster, places.getQueueLength()));
        return queues;
    }
}
