package dev.bulkhead.environment;

import dev.bulkhead.apply.EnvironmentId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One at a time for each environment. JOSDK forgets at once that it is at work on a name when that is deleted, and starts
 * with a successor of the same name while it is still at it.
 */
final class Turns {

    private final Map<EnvironmentId, Turn> turns = new ConcurrentHashMap<>();

    private record Turn(ReentrantLock lock, int wanted) {

        Turn and(int more) {
            return new Turn(lock, wanted + more);
        }
    }

    <T> T take(EnvironmentId environment, Supplier<T> work) {
        var lock = turns.compute(
                        environment, (_, before) -> before == null ? new Turn(new ReentrantLock(), 1) : before.and(1))
                .lock;
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
            turns.computeIfPresent(environment, (_, it) -> it.wanted == 1 ? null : it.and(-1));
        }
    }
}
