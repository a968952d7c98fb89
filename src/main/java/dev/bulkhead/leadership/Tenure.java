package dev.bulkhead.leadership;

import java.util.function.LongSupplier;

/**
 * The right to write, which runs out by itself: a process that was stopped for a while finds it gone when it wakes,
 * before anybody has told it. Asked before each write.
 */
public final class Tenure {

    private final LongSupplier nanos;
    private volatile Term term = Term.NONE;

    private record Term(boolean held, long until) {

        static final Term NONE = new Term(false, 0);
    }

    /** @param nanos a clock that never goes back, and goes on while the process is stopped: {@link System#nanoTime} */
    public Tenure(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public boolean holds() {
        var current = term;
        return current.held && nanos.getAsLong() - current.until < 0;
    }

    /** For who has the cluster alone. */
    public void holdForGood() {
        term = new Term(true, nanos.getAsLong() + Long.MAX_VALUE / 2);
    }

    void holdUntil(long until) {
        term = new Term(true, until);
    }

    void end() {
        term = Term.NONE;
    }
}
