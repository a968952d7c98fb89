package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.KubeconfigSecretRef;
import dev.bulkhead.cluster.KubeconfigSecret.Found;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig;
import dev.bulkhead.leadership.KubernetesLease;
import dev.bulkhead.status.Reason;
import dev.bulkhead.wire.Breaker;
import dev.bulkhead.wire.Pace;
import dev.bulkhead.wire.Watches;
import dev.bulkhead.wire.Wire;
import dev.bulkhead.wire.WireMeters;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to reach one target cluster: its kubeconfig is read and vetted, the cluster looked at and compared with its
 * pin; then the lease there is won, and the watches are started. For one thread, except where it is said.
 */
final class Dialer implements AutoCloseable {

    /** A credential alone may change often, without the one before being worth less. */
    private static final Duration RENEWAL = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);

    private final String cluster;
    private final ConnectionContext context;
    private final Runnable refused;
    private final Pace pace;
    private final Breaker breaker;
    private final Watches watches;
    private final WireMeters meters;
    private Optional<Dialed> dialed = Optional.empty();
    private Optional<Opened> opened = Optional.empty();
    private Optional<Opened> replaced = Optional.empty();
    private String lastFit = "";
    private volatile boolean wasRefused;

    /** A client that asks, and what it was made from. */
    private record Dialed(String place, String credential, Instant at, KubernetesClient client, Probe probe) {}

    /** What is open. */
    private record Opened(Dialed by, Fence fence, KubernetesClient client, Connection connection) {

        /** Without its lease. */
        void hangUp() {
            try {
                connection.close();
            } finally {
                client.close();
            }
        }
    }

    /** @param refused told when the credential isn't taken any more; called where nothing may block */
    Dialer(String cluster, ConnectionContext context, Runnable refused) {
        this.cluster = cluster;
        this.context = context;
        this.refused = refused;
        this.pace = new Pace(context.clock());
        this.breaker = Breaker.of(cluster);
        this.meters = new WireMeters(context.registry(), cluster);
        this.watches = new Watches(context.clock(), meters::watchWasCut);
    }

    /** Once, before anything else. */
    void begin() {
        meters.paceOf(pace);
        breaker.measure(context.registry(), cluster);
    }

    /** Looks at the cluster. What is open goes over to a newer kubeconfig. */
    ProbeResult look(KubeconfigSecretRef ref) {
        hangUpReplaced();
        return switch (context.kubeconfigs().read(ref)) {
            case Found.Unfit unfit -> judged(unfit);
            case Found.Fit fit -> {
                var result = look(fit);
                if (result instanceof ProbeResult.Healthy well) {
                    renew(fit.kubeconfig(), well);
                }
                yield result;
            }
        };
    }

    /**
     * Looks at the cluster, and opens it if it is as it should be.
     *
     * @param lost told once, when we may write there no more, and what became of the lease; must not wait
     */
    ProbeResult open(KubeconfigSecretRef ref, Consumer<String> lost) throws InterruptedException {
        return switch (context.kubeconfigs().read(ref)) {
            case Found.Unfit unfit -> unfit.why();
            case Found.Fit fit -> {
                var result = look(fit);
                yield result instanceof ProbeResult.Healthy well ? openWith(fit.kubeconfig(), well, lost) : result;
            }
        };
    }

    /** A name that nobody resolves for a while is one thing, and a new one that nobody resolves another. */
    private ProbeResult.Failed judged(Found.Unfit unfit) {
        return unfit.data().filter(it -> !it.equals(lastFit)).isPresent()
                ? ProbeResult.refused(unfit.why().reason(), unfit.why().message())
                : unfit.why();
    }

    private ProbeResult look(Found.Fit fit) {
        lastFit = fit.data();
        if (dialed.filter(it -> isGoodFor(it, fit)).isEmpty()) {
            dial(fit);
        }
        var probe = dialed.orElseThrow().probe;
        if (opened.filter(it -> it.connection.isInDoubt()).isPresent()) {
            probe.forget();
        }
        return switch (probe.ask()) {
            // What is open is no longer what the kubeconfig says, so it doesn't count that it still works.
            case ProbeResult.Failed ill when leadsElsewhere(fit) -> ProbeResult.refused(ill.reason(), ill.message());
            case ProbeResult.Failed ill -> ill;
            case ProbeResult.Healthy well -> {
                var problem = problem(well);
                yield problem.isPresent() ? problem.get() : well.withRenewal(renewToken(fit));
            }
        };
    }

    private boolean leadsElsewhere(Found.Fit fit) {
        return opened.filter(it -> !it.by.place.equals(fit.place())).isPresent();
    }

    /**
     * The new one is found with the next look at the Secret.
     *
     * @return what is in the way
     */
    private Optional<String> renewToken(Found.Fit fit) {
        try {
            return context.renewal().renew(fit.secret(), fit.key(), fit.kubeconfig(), dialed.orElseThrow().client);
        } catch (KubernetesClientException e) {
            LOG.warn("The token for cluster {} can't be renewed yet: {}", cluster, e.getMessage());
            return Optional.of(
                    e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                            ? "the API server forbids it, so that it ends: grant create serviceaccounts/token as in"
                                    + " examples/target-cluster"
                            : "that failed, and is tried again with each look");
        }
    }

    private boolean isGoodFor(Dialed before, Found.Fit fit) {
        return before.place.equals(fit.place())
                && (before.credential.equals(fit.credential()) || opened.isPresent() && !wasRefused && isYoung(before));
    }

    /** A clock that was set back makes nobody younger. */
    private boolean isYoung(Dialed before) {
        var age = Duration.between(before.at, context.clock().instant());
        return !age.isNegative() && age.compareTo(RENEWAL) < 0;
    }

    private void dial(Found.Fit fit) {
        dialed.ifPresent(it -> it.client.close());
        wasRefused = false;
        var client = context.targets().probing(fit.kubeconfig(), this::refused);
        dialed = Optional.of(new Dialed(
                fit.place(), fit.credential(), context.clock().instant(), client, new Probe(client, context.clock())));
    }

    /** By any thread. */
    private void refused() {
        if (!wasRefused) {
            wasRefused = true;
            refused.run();
        }
    }

    private Optional<ProbeResult.Failed> problem(ProbeResult.Healthy well) {
        var local = context.index().local();
        if (local.isPresent() && well.uid().equals(context.own().uid())) {
            return Optional.of(ProbeResult.refused(
                    Reason.ClusterTaken,
                    "It is the operator's own cluster, for which TargetCluster %s stands. Delete one of the two"
                            .formatted(local.get())));
        }
        try {
            return context.pins().problem(cluster, well.uid(), context.index().names()::contains);
        } catch (RuntimeException e) {
            return Optional.of(ProbeResult.passing(
                    Reason.ClusterUnreachable,
                    "Which cluster it is can't be noted in the hub: %s".formatted(e.getMessage())));
        }
    }

    private ProbeResult openWith(Kubeconfig kubeconfig, ProbeResult.Healthy well, Consumer<String> lost)
            throws InterruptedException {
        var fence = new Fence(
                cluster,
                context,
                context.tenure(),
                context.targets().leading(kubeconfig, this::refused),
                context.clock(),
                lost);
        try {
            if (!fence.await()) {
                fence.close();
                return ProbeResult.passing(
                        Reason.Fenced,
                        "Another process of this hub has the right to write there%s, by Lease %s/%s. It is tried again"
                                .formatted(
                                        fence.holder().isEmpty() ? "" : ": " + fence.holder(),
                                        Inventories.NAMESPACE,
                                        KubernetesLease.writer(context.hubId())));
            }
            opened = Optional.of(connect(kubeconfig, well, fence));
            return well;
        } catch (RuntimeException e) {
            fence.close();
            return Trouble.of(e);
        } catch (InterruptedException e) {
            fence.close();
            throw e;
        }
    }

    private Opened connect(Kubeconfig kubeconfig, ProbeResult.Healthy well, Fence fence) {
        breaker.reset();
        var client = context.targets().working(kubeconfig, fence::holds, this::refused);
        try {
            var connection = Connection.open(
                    Wire.around(client, pace, breaker, watches, meters),
                    context.hubId(),
                    well.account(),
                    well.capabilities(),
                    context.digest(),
                    context.secrets(),
                    context.clock(),
                    context.environmentChanged());
            if (!connection.uid().equals(well.uid())) {
                connection.close();
                throw new IllegalStateException("Another cluster answered than a moment before");
            }
            return new Opened(dialed.orElseThrow(), fence, client, connection);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /**
     * The new one is open before the old one is closed, and that waits until the next look: who is at work with the old
     * one is done by then. The lease stays where it is.
     */
    private void renew(Kubeconfig kubeconfig, ProbeResult.Healthy well) {
        var stale = opened.filter(it -> !it.by.equals(dialed.orElseThrow()));
        if (stale.isEmpty()) {
            opened.ifPresent(it -> it.connection.offer(well.capabilities()));
            return;
        }
        var before = stale.get();
        try {
            opened = Optional.of(connect(kubeconfig, well, before.fence));
        } catch (RuntimeException e) {
            LOG.warn(
                    "Cluster {} can't be opened with its new kubeconfig yet: {}",
                    cluster,
                    Trouble.of(e).message());
            return;
        }
        replaced = stale;
        before.fence.use(context.targets().leading(kubeconfig, this::refused));
    }

    private void hangUpReplaced() {
        var old = replaced;
        replaced = Optional.empty();
        old.ifPresent(Opened::hangUp);
    }

    Optional<Connection> connection() {
        return opened.map(Opened::connection);
    }

    /** What has to be done every few seconds, by any thread. */
    void tend() {
        watches.cutSilent();
        watches.relistNext();
        meters.measure(watches);
    }

    /** Closes what is open, and gives the lease back. */
    void shut() {
        var open = opened;
        opened = Optional.empty();
        try {
            hangUpReplaced();
            open.ifPresent(Opened::hangUp);
        } finally {
            open.ifPresent(it -> it.fence.close());
        }
    }

    /** Forgets what was dialed: the next look begins anew. To be called when nothing is open. */
    void hangUp() {
        dialed.ifPresent(it -> it.client.close());
        dialed = Optional.empty();
    }

    @Override
    public void close() {
        try {
            shut();
        } finally {
            hangUp();
            meters.remove();
        }
    }
}
