package dev.bulkhead.leadership;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica's part in the election. It leads once at most: whoever loses the seat has to start anew, as a new process.
 */
public final class Elector implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Elector.class);

    private final String where;
    private final SeatStore store;
    private final Tenure tenure;
    private final LongSupplier nanos;
    private final Followers followers;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Candidate candidate;
    private volatile boolean over;

    /** Who is told. They are called by the elector's own thread, which has to go on renewing: they must not wait. */
    public interface Followers {

        void elected();

        /** @param why what became of the lease, as the end of a sentence */
        void lost(String why);
    }

    Elector(String name, Terms terms, SeatStore store, Tenure tenure, LongSupplier nanos, Followers followers) {
        this(
                name,
                "",
                terms,
                store,
                tenure,
                nanos,
                followers,
                Thread.ofPlatform().daemon().name("bulkhead-leader"));
    }

    private Elector(
            String name,
            String where,
            Terms terms,
            SeatStore store,
            Tenure tenure,
            LongSupplier nanos,
            Followers followers,
            Thread.Builder threads) {
        this.where = where;
        this.store = store;
        this.tenure = tenure;
        this.nanos = nanos;
        this.followers = followers;
        this.candidate = Candidate.named(name, terms);
        this.thread = threads.unstarted(this::run);
    }

    public Elector(String name, KubernetesLease store, Tenure tenure, Followers followers) {
        this(name, Terms.DEFAULTS, store, tenure, System::nanoTime, followers);
    }

    /**
     * For the right to write to a target. There are many of those, so the thread is a light one.
     *
     * @param cluster what the log calls it
     */
    public static Elector forTarget(
            String name, String cluster, KubernetesLease store, Tenure tenure, Followers followers) {
        return new Elector(
                name,
                " on cluster " + cluster,
                Terms.DEFAULTS,
                store,
                tenure,
                System::nanoTime,
                followers,
                Thread.ofVirtual().name("bulkhead-writer-" + cluster));
    }

    public void start() {
        thread.start();
    }

    /** Who leads, as far as we know; empty before the first look, and when nobody does. */
    public String leader() {
        return candidate.seat().holder();
    }

    private void run() {
        try {
            while (!over && !closing.await(0, TimeUnit.MILLISECONDS)) {
                var pause = candidate.terms().retry();
                closing.await((turn() ? pause : pause.dividedBy(4)).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One look at the seat, one bid for it, or one renewal.
     *
     * @return whether there was an answer; if not, there is no time to lose
     */
    boolean turn() {
        var answered = true;
        try {
            if (candidate.leads()) {
                renew();
            } else {
                look();
                if (candidate.mayBid(nanos.getAsLong())) {
                    bid();
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("The lease{} can't be read or renewed: {}", where, e.getMessage());
            answered = false;
        }
        if (candidate.leads() && !candidate.mayWrite(nanos.getAsLong())) {
            lose("was not renewed for %ds".formatted(candidate.terms().renewal().toSeconds()));
        }
        return answered;
    }

    private void look() {
        var found = store.read();
        if (!found.holder().equals(leader()) && !found.isVacant()) {
            LOG.info("{} stands by{}: {} leads", candidate.name(), where, found.holder());
        }
        candidate = candidate.sees(found, nanos.getAsLong());
    }

    private void renew() {
        // After a pause the time is up, and it doesn't matter whether the seat is still ours.
        if (candidate.mayWrite(nanos.getAsLong()) && !bid()) {
            var before = candidate.seat();
            look();
            if (!candidate.leads()) {
                lose(
                        candidate.seat().isBefore(before)
                                ? "is as it was earlier, as when its cluster is restored from a backup"
                                : "is held by " + (leader().isEmpty() ? "nobody" : leader()));
            } else if (candidate.mayWrite(nanos.getAsLong())) {
                // It was our own renewal whose answer was lost.
                bid();
            }
        }
    }

    private boolean bid() {
        var before = candidate;
        var askedAt = nanos.getAsLong();
        var won = store.write(before.bid());
        won.ifPresent(seat -> {
            candidate = before.sits(seat, askedAt);
            tenure.holdUntil(candidate.until());
            if (!before.leads() && candidate.mayWrite(nanos.getAsLong())) {
                LOG.info("{} leads{}", candidate.name(), where);
                followers.elected();
            }
        });
        return won.isPresent();
    }

    private void lose(String why) {
        over = true;
        tenure.end();
        candidate = candidate.stands();
        LOG.error("{} leads no more{}: the lease {}", candidate.name(), where, why);
        followers.lost(why);
    }

    /**
     * Gives the seat back. To be called when nothing is being written any more. It takes as long as a request, also in a
     * thread that was interrupted: the seat would else be nobody's until it runs out.
     */
    @Override
    public void close() {
        closing.countDown();
        var interrupted = Thread.interrupted();
        try {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            release();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void release() {
        tenure.end();
        if (candidate.leads()) {
            var farewell = candidate.farewell();
            candidate = candidate.stands();
            try {
                store.write(farewell);
            } catch (RuntimeException e) {
                LOG.warn(
                        "The lease{} can't be given back, so others wait until it runs out: {}", where, e.getMessage());
            }
        }
    }
}
