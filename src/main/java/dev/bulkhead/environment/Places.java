package dev.bulkhead.environment;

import java.util.HashMap;
import java.util.Map;
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

    public Places(int each) {
        this.each = each;
    }

    <T> T at(String cluster, Supplier<T> work) {
        var places = clusters.computeIfAbsent(cluster, _ -> new Semaphore(each, true));
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /** How many wait now, by cluster; those of which nobody knows the cluster yet under an empty name. */
    public Map<String, Integer> waiting() {
        var waiting = new HashMap<String, Integer>();
        clusters.forEach((cluster, places) -> waiting.put(cluster, places.getQueueLength()));
        return waiting;
    }
}
