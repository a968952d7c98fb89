package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.KubeconfigSecretRef;
import dev.bulkhead.cluster.ConnectionSchedule.Move;
import dev.bulkhead.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one target cluster, and the thread that looks after it. Only that thread ever waits for the cluster; others
 * read how it stands.
 */
final class Connector implements AutoCloseable {

    /** Since it was last used: who comes and goes doesn't open and close it each time. */
    static final Duration GRACE = Duration.ofMinutes(5);

    /** However long there is to rest, it wakes up so often, as somebody may have set the clock. */
    private static final Duration NAP = Duration.ofSeconds(5);

    /** After these a connection that was kept may be dead, and would cost the first try when the cluster is back. */
    private static final Set<Reason> BY_THE_NETWORK = Set.of(Reason.ClusterUnreachable, Reason.Fenced);

    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    private final String cluster;
    private final ConnectionContext context;
    private final Dialer dialer;
    private final Runnable changed;
    private final Semaphore signals = new Semaphore(0);
    private final AtomicBoolean prompted = new AtomicBoolean();
    /** What became of the lease, once it was lost; empty before. */
    private final AtomicReference<String> lost = new AtomicReference<>("");

    private final Thread thread;
    private final Optional<Thread> before;
    private volatile KubeconfigSecretRef secret;
    private volatile Instant asked = Instant.MIN;
    private volatile boolean closing;
    private volatile View view;
    private ConnectionSchedule schedule;

    private record View(Link link, Instant since, Optional<ProbeResult.Healthy> well) {}

    /**
     * @param before what still closes the way that had this name before; they don't share a lease, or a meter
     * @param changed told when there is something new to be said of the cluster
     */
    Connector(
            String cluster,
            KubeconfigSecretRef secret,
            ConnectionContext context,
            Optional<Thread> before,
            Runnable changed) {
        this.cluster = cluster;
        this.secret = secret;
        this.context = context;
        this.before = before;
        this.changed = changed;
        this.dialer = new Dialer(cluster, context, this::prompt);
        var now = context.clock().instant();
        this.schedule = ConnectionSchedule.begin(cluster, now);
        this.view = new View(new Link.Connecting(), now, Optional.empty());
        this.thread = Thread.ofVirtual().name("bulkhead-connector-" + cluster).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Somebody needs the cluster. */
    Link use() {
        var now = context.clock().instant();
        var wasIdle = asked.isBefore(now.minus(GRACE));
        asked = now;
        if (wasIdle) {
            signals.release();
        }
        return view.link;
    }

    /** Where its kubeconfig is, from now on. */
    void by(KubeconfigSecretRef next) {
        if (!next.equals(secret)) {
            secret = next;
            prompt();
        }
    }

    /** There is a reason to look again. By any thread. */
    void prompt() {
        prompted.set(true);
        signals.release();
    }

    ClusterState state() {
        var now = view;
        return new ClusterState(
                now.link, now.since, now.well, !context.index().usersOf(cluster).isEmpty());
    }

    Optional<Connection> connection() {
        return view.link instanceof Link.Open open ? Optional.of(open.connection()) : Optional.empty();
    }

    /** Called every few seconds. */
    void tend() {
        dialer.tend();
    }

    private void run() {
        try {
            if (before.isPresent()) {
                before.get().join();
            }
            dialer.begin();
            while (!closing) {
                turnOrFail();
            }
        } catch (InterruptedException _) {
            // It is closed.
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody else looks after the cluster: whatever happens, an error too, this thread goes on. */
    private void turnOrFail() throws InterruptedException {
        try {
            turn();
        } catch (RuntimeException | Error e) {
            if (!closing) {
                LOG.error("The way to cluster {} failed in a way that nobody foresaw", cluster, e);
                failAnyhow(e);
                rest();
            }
        }
    }

    private void failAnyhow(Throwable e) {
        try {
            fail(Trouble.of(e));
        } catch (RuntimeException | Error again) {
            LOG.error("The way to cluster {} can't be closed", cluster, again);
        }
    }

    private void turn() throws InterruptedException {
        var why = lost.getAndSet("");
        if (!why.isEmpty() && schedule.stage() == ConnectionSchedule.Stage.OPEN) {
            fail(ProbeResult.passing(
                    Reason.Fenced,
                    "The right to write there was lost: the lease %s. It is tried again".formatted(why)));
        }
        if (prompted.getAndSet(false)) {
            schedule = schedule.prompt();
        }
        switch (schedule.next(context.clock().instant(), isWanted())) {
            case Move.REST -> rest();
            case Move.LOOK -> look();
            case Move.OPEN -> open();
            case Move.CLOSE -> {
                dialer.shut();
                schedule = schedule.closed(context.clock().instant());
                show(new Link.Connecting(), view.well);
            }
        }
    }

    private void rest() throws InterruptedException {
        // A second is the shortest pause that a course knows.
        var nap = schedule.prompted() || schedule.stage() == ConnectionSchedule.Stage.BROKEN
                ? ConnectionSchedule.SOONEST
                : NAP;
        if (signals.tryAcquire(nap.toMillis(), TimeUnit.MILLISECONDS)) {
            signals.drainPermits();
        }
    }

    private boolean isWanted() {
        var now = context.clock().instant();
        if (!context.index().usersOf(cluster).isEmpty()) {
            asked = now;
        }
        return !asked.isBefore(now.minus(GRACE));
    }

    private void look() {
        switch (dialer.look(secret)) {
            case ProbeResult.Healthy well -> {
                schedule = schedule.seen(context.clock().instant());
                show(dialer.connection().<Link>map(Link.Open::new).orElseGet(Link.Connecting::new), Optional.of(well));
            }
            case ProbeResult.Failed ill
            when ill.passing() && schedule.stage() == ConnectionSchedule.Stage.OPEN -> {
                LOG.warn("Cluster {} isn't as it should be: {}", cluster, ill.message());
                schedule = schedule.seen(context.clock().instant());
            }
            case ProbeResult.Failed ill -> fail(ill);
        }
    }

    private void open() throws InterruptedException {
        if (!(view.link instanceof Link.Broken)) {
            show(new Link.Connecting(), view.well);
        }
        switch (dialer.open(secret, this::lose)) {
            case ProbeResult.Healthy well -> {
                schedule = schedule.opened(context.clock().instant());
                LOG.info("Cluster {} is open: {}", cluster, well.version());
                show(new Link.Open(dialer.connection().orElseThrow()), Optional.of(well));
            }
            case ProbeResult.Failed ill -> fail(ill);
        }
    }

    /** By the thread that renews the lease. */
    private void lose(String why) {
        lost.set(why);
        signals.release();
    }

    private void fail(ProbeResult.Failed ill) {
        schedule = schedule.failed(context.clock().instant());
        if (!(view.link instanceof Link.Broken before) || before.reason() != ill.reason()) {
            LOG.warn("Cluster {} is not reached: {}", cluster, ill.message());
        }
        try {
            // What is shown first: nobody is to begin with what is being closed.
            show(new Link.Broken(ill.reason(), ill.message()), view.well);
        } finally {
            dialer.shut();
            if (BY_THE_NETWORK.contains(ill.reason())) {
                dialer.hangUp();
            }
            // What was lost now isn't lost again.
            lost.set("");
        }
    }

    private void show(Link link, Optional<ProbeResult.Healthy> well) {
        var before = view;
        if (!link.equals(before.link) || !well.equals(before.well)) {
            var since =
                    isLike(link, before.link) ? before.since : context.clock().instant();
            view = new View(link, since, well);
            changed.run();
        }
    }

    private static boolean isLike(Link link, Link before) {
        return link instanceof Link.Broken now && before instanceof Link.Broken then
                ? now.reason() == then.reason()
                : link.equals(before);
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        view = new View(new Link.Broken(Reason.WaitingForCluster, "It isn't there any more"), view.since, view.well);
        dialer.close();
    }
}
