package dev.bulkhead.apply;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * So many writes in a second, of all that rotations write: versions, journals and published Secrets. When thousands of
 * entries are due at the same moment, as after a restore, they take longer, and the API servers keep their strength for
 * others. Who comes first writes first, except who is in a hurry.
 */
public final class WriteRate {

    /** So much of a second's writes may be sent at once after a rest, and be under way: what piled up isn't sent at once. */
    private static final int BURST_PART = 10;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long interval;
    private final Semaphore underWay;
    private final LongSupplier nanos;
    private final LongConsumer park;
    private final Set<EnvironmentId> hurried = ConcurrentHashMap.newKeySet();
    private long free;

    public WriteRate(int perSecond) {
        this(perSecond, System::nanoTime, LockSupport::parkNanos);
    }

    WriteRate(int perSecond, LongSupplier nanos, LongConsumer park) {
        this.interval = SECOND / perSecond;
        this.underWay = new Semaphore(Math.max(1, perSecond / BURST_PART), true);
        this.nanos = nanos;
        this.park = park;
        this.free = nanos.getAsLong();
    }

    /** For who writes little. */
    public static WriteRate unbounded() {
        return new WriteRate(Integer.MAX_VALUE);
    }

    /** Sends one more write when it may be sent. Another one from within could wait for itself. */
    public <T> T write(EnvironmentId environment, Supplier<T> request) {
        if (hurried.contains(environment)) {
            turn();
            return request.get();
        }
        underWay.acquireUninterruptibly();
        try {
            await(turn());
            return request.get();
        } finally {
            underWay.release();
        }
    }

    private synchronized long turn() {
        var turn = Math.max(free, nanos.getAsLong() - SECOND / BURST_PART);
        free = turn + interval;
        return turn;
    }

    private void await(long turn) {
        var left = turn - nanos.getAsLong();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            park.accept(left);
            left = turn - nanos.getAsLong();
        }
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
