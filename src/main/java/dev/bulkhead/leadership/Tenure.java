package dev.bulkhead.leadership;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The right to write, which runs out by itself: a process that was stopped for a while finds it gone when it wakes,
 * before anybody has told it. Asked before each write.
 */
public final class Tenure {

    private final LongSupplier nanos;
    private final Optional<Tenure> within;
    private volatile Term term = Term.NONE;

    private record Term(boolean held, long until) {

        static final Term NONE = new Term(false, 0);
    }

    /** @param nanos a clock that never goes back, and goes on while the process is stopped: {@link System#nanoTime} */
    public Tenure(LongSupplier nanos) {
        this(nanos, Optional.empty());
    }

    private Tenure(LongSupplier nanos, Optional<Tenure> within) {
        this.nanos = nanos;
        this.within = within;
    }

    /** A further right, to be earned by itself, that is worth nothing without this one. */
    public Tenure narrower() {
        return new Tenure(nanos, Optional.of(this));
    }

    public boolean holds() {
        var current = term;
        return current.held
                && nanos.getAsLong() - current.until < 0
                && within.map(Tenure::holds).orElse(true);
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
