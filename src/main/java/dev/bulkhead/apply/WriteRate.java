package dev.bulkhead.apply;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * So many writes in a second, of all that rotations write: versions, journals and published Secrets. When thousands of
 * entries are due at the same moment, as after a restore, they take longer, and the API servers keep their strength for
 * others. Who comes first writes first, except who is in a hurry.
 */
public final class WriteRate {

    /** So much of a second may be written at once after a rest. */
    private static final int BURST_PART = 10;

    private final long interval;
    private final LongSupplier nanos;
    private final LongConsumer park;
    private final Set<EnvironmentId> hurried = ConcurrentHashMap.newKeySet();
    private long free;

    public WriteRate(int perSecond) {
        this(Duration.ofSeconds(1).toNanos() / perSecond, System::nanoTime, LockSupport::parkNanos);
    }

    /** @param interval nanoseconds from one write to the next */
    WriteRate(long interval, LongSupplier nanos, LongConsumer park) {
        this.interval = interval;
        this.nanos = nanos;
        this.park = park;
        this.free = nanos.getAsLong();
    }

    /** For who writes little. */
    public static WriteRate unbounded() {
        return new WriteRate(0, System::nanoTime, LockSupport::parkNanos);
    }

    /** Waits until one more write may be sent. */
    public void take(EnvironmentId environment) {
        var turn = turn();
        var left = turn - nanos.getAsLong();
        while (left > 0
                && !hurried.contains(environment)
                && !Thread.currentThread().isInterrupted()) {
            park.accept(left);
            left = turn - nanos.getAsLong();
        }
    }

    private synchronized long turn() {
        var now = nanos.getAsLong();
        var turn = Math.max(free, now - Duration.ofSeconds(1).toNanos() / BURST_PART);
        free = turn + interval;
        return turn;
    }

    /** Whether an environment waits for nobody. What it writes counts all the same: the others wait for it. */
    public void hurry(EnvironmentId environment, boolean hurries) {
        if (hurries) {
            hurried.add(environment);
        } else {
            hurried.remove(environment);
        }
    }
}
