package dev.bulkhead.faults.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One environment's share in the life of an operator: counts what is written for it, and lets nothing through once its
 * end has come. No environment can tell that from the death of the process: they share no object.
 */
final class Life {

    /** As long as writes that were sent at the same moment take to arrive. */
    private static final Duration OVERTAKING = Duration.ofMillis(300);

    private final Optional<End> end;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> writes = new ArrayList<>();
    private boolean counting;
    private final AtomicReference<Optional<Runnable>> late = new AtomicReference<>(Optional.empty());
    private int underWay;

    /** The operator is dead, and so is the thread that wanted something of it. */
    static final class Dead extends RuntimeException {
        private static final long serialVersionUID = 1;

        Dead() {
            super("the operator is dead");
        }
    }

    private enum Fate {
        GOES,
        IS_HELD,
        IS_LATE,
        IS_LOST
    }

    Life(Optional<End> end) {
        this.end = end;
    }

    /** Counts from here on. */
    synchronized void begin() {
        counting = true;
    }

    /** A write is about to be sent. */
    void sends(String write) {
        sends(write, () -> {});
    }

    /** @param again sends it */
    void sends(String write, Runnable again) {
        switch (fate(write)) {
            case GOES -> {}
            case IS_HELD -> {
                isOverWithin(OVERTAKING);
                over.countDown();
                throw new Dead();
            }
            case IS_LATE -> {
                late.set(Optional.of(again));
                over.countDown();
                throw new Dead();
            }
            case IS_LOST -> throw new Dead();
        }
    }

    /** What was sent and hasn't arrived yet. */
    Optional<Runnable> late() {
        return late.getAndSet(Optional.empty());
    }

    private synchronized Fate fate(String write) {
        if (over.getCount() == 0) {
            return Fate.IS_LOST;
        }
        if (counting) {
            writes.add(write);
            if (end.isPresent() && writes.size() == end.get().write()) {
                switch (end.get().moment()) {
                    case BEFORE -> {
                        over.countDown();
                        return Fate.IS_LOST;
                    }
                    case AFTER -> over.countDown();
                    case OVERTAKEN -> {
                        return Fate.IS_HELD;
                    }
                    case LATE -> {
                        return Fate.IS_LATE;
                    }
                }
            }
        }
        underWay++;
        return Fate.GOES;
    }

    synchronized void answered() {
        underWay--;
    }

    /** Nothing more will be written, and what was sent has arrived. */
    synchronized boolean isOver() {
        return over.getCount() == 0 && underWay == 0;
    }

    /** What was sent since it counts, the write at which it ended included. */
    synchronized List<String> writes() {
        return List.copyOf(writes);
    }

    private void isOverWithin(Duration time) {
        try {
            over.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
