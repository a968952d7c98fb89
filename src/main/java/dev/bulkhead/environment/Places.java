package dev.bulkhead.environment;

import dev.bulkhead.apply.EnvironmentId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * So many passes at once for each cluster. Those that are on their way to one, and those that stay in our own, stand in
 * the door, which holds as many: without it a thousand environments that come at once are all begun at once. Whoever goes
 * to another cluster leaves the door, and waits there in a thread that costs little, so a cluster that doesn't answer
 * holds up its own environments and nobody else's.
 */
public final class Places {

    private final int each;
    private final Predicate<String> elsewhere;
    private final Semaphore door;
    private final ScopedValue<Visit> visit = ScopedValue.newInstance();
    private final Map<String, Semaphore> clusters = new ConcurrentHashMap<>();
    private final Set<EnvironmentId> waiting = ConcurrentHashMap.newKeySet();

    /** @param elsewhere which clusters aren't our own */
    public Places(int each, Predicate<String> elsewhere) {
        this.each = each;
        this.elsewhere = elsewhere;
        this.door = new Semaphore(each, true);
    }

    /** Runs what may become a pass, once there is room in the door. */
    public void enter(Runnable pass) {
        try {
            door.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        var mine = new Visit();
        try {
            ScopedValue.where(visit, mine).run(pass);
        } finally {
            mine.leaveDoor();
        }
    }

    /** Out of everybody's way, for what asks other clusters without a place there. */
    public <T> T aside(Supplier<T> work) {
        leaveDoor();
        return work.get();
    }

    <T> T at(String cluster, EnvironmentId environment, Supplier<T> work) {
        if (elsewhere.test(cluster)) {
            leaveDoor();
        }
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

    private void leaveDoor() {
        if (visit.isBound()) {
            visit.get().leaveDoor();
        }
    }

    /** Of one thread, which alone asks it. */
    private final class Visit {

        private boolean inDoor = true;

        void leaveDoor() {
            if (inDoor) {
                inDoor = false;
                door.release();
            }
        }
    }
}
