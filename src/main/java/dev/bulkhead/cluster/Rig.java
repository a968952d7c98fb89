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
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to reach one target cluster: its kubeconfig is read and vetted, the cluster looked at and compared with its
 * pin; then the lease there is won, and the watches are started. For one thread, except where it is said.
 */
final class Rig implements AutoCloseable {

    /** A credential alone may change often, without the one before being worth less. */
    private static final Duration RENEWAL = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Rig.class);

    private final String cluster;
    private final Harbour harbour;
    private final Runnable refused;
    private final Pace pace;
    private final Breaker breaker;
    private final Watches watches;
    private final WireMeters meters;
    private Optional<Dialled> dialled = Optional.empty();
    private Optional<Moored> moored = Optional.empty();
    private String lastFit = "";
    private volatile boolean wasRefused;

    /** A client that asks, and what it was made from. */
    private record Dialled(String place, String credential, Instant at, KubernetesClient client, Probe probe) {}

    /** What is open. */
    private record Moored(String place, Fence fence, KubernetesClient client, Connection connection, Instant since) {}

    /** @param refused told when the credential isn't taken any more; called where nothing may block */
    Rig(String cluster, Harbour harbour, Runnable refused) {
        this.cluster = cluster;
        this.harbour = harbour;
        this.refused = refused;
        this.pace = new Pace(harbour.clock());
        this.breaker = Breaker.of(cluster);
        this.meters = new WireMeters(harbour.registry(), cluster);
        this.watches = new Watches(harbour.clock(), meters::watchWasCut);
        meters.paceOf(pace);
        breaker.measure(harbour.registry(), cluster);
    }

    /** Looks at the cluster. What is open goes over to a newer kubeconfig. */
    Sounding look(KubeconfigSecretRef ref) {
        return switch (harbour.kubeconfigs().read(ref)) {
            case Found.Unfit unfit -> judged(unfit);
            case Found.Fit fit -> {
                var sounding = look(fit);
                if (sounding instanceof Sounding.Well well) {
                    renew(fit.kubeconfig(), well);
                }
                yield sounding;
            }
        };
    }

    /**
     * Looks at the cluster, and opens it if it is as it should be.
     *
     * @param lost told once, when we may write there no more; must not wait
     */
    Sounding open(KubeconfigSecretRef ref, Runnable lost) throws InterruptedException {
        return switch (harbour.kubeconfigs().read(ref)) {
            case Found.Unfit unfit -> unfit.why();
            case Found.Fit fit -> {
                var sounding = look(fit);
                yield sounding instanceof Sounding.Well well ? moor(fit.kubeconfig(), well, lost) : sounding;
            }
        };
    }

    /** A name that nobody resolves for a while is one thing, and a new one that nobody resolves another. */
    private Sounding.Ill judged(Found.Unfit unfit) {
        return unfit.data().filter(it -> !it.equals(lastFit)).isPresent()
                ? Sounding.refused(unfit.why().reason(), unfit.why().message())
                : unfit.why();
    }

    private Sounding look(Found.Fit fit) {
        lastFit = fit.data();
        if (dialled.filter(it -> isGoodFor(it, fit)).isEmpty()) {
            dial(fit);
        }
        return switch (dialled.orElseThrow().probe.ask()) {
            // What is open is no longer what the kubeconfig says, so it doesn't count that it still works.
            case Sounding.Ill ill when leadsElsewhere(fit) -> Sounding.refused(ill.reason(), ill.message());
            case Sounding.Ill ill -> ill;
            case Sounding.Well well -> {
                var problem = problem(well);
                if (problem.isEmpty()) {
                    renewToken(fit);
                }
                yield problem.<Sounding>map(it -> it).orElse(well);
            }
        };
    }

    private boolean leadsElsewhere(Found.Fit fit) {
        return moored.filter(it -> !it.place.equals(fit.place())).isPresent();
    }

    /** The new one is found with the next look at the Secret. */
    private void renewToken(Found.Fit fit) {
        try {
            fit.key().ifPresent(key -> harbour.renewal()
                    .renew(fit.secret(), key, fit.kubeconfig(), dialled.orElseThrow().client));
        } catch (RuntimeException e) {
            LOG.warn("The token for cluster {} can't be renewed yet: {}", cluster, e.getMessage());
        }
    }

    private boolean isGoodFor(Dialled before, Found.Fit fit) {
        return before.place.equals(fit.place())
                && (before.credential.equals(fit.credential())
                        || moored.isPresent()
                                && !wasRefused
                                && harbour.clock().instant().isBefore(before.at.plus(RENEWAL)));
    }

    private void dial(Found.Fit fit) {
        dialled.ifPresent(it -> it.client.close());
        wasRefused = false;
        var client = harbour.targets().probing(fit.kubeconfig(), this::refused);
        dialled = Optional.of(new Dialled(
                fit.place(), fit.credential(), harbour.clock().instant(), client, new Probe(client, harbour.clock())));
    }

    /** By any thread. */
    private void refused() {
        if (!wasRefused) {
            wasRefused = true;
            refused.run();
        }
    }

    private Optional<Sounding.Ill> problem(Sounding.Well well) {
        var local = harbour.fleet().local();
        if (local.isPresent() && well.uid().equals(harbour.own().uid())) {
            return Optional.of(Sounding.refused(
                    Reason.ClusterTaken,
                    "It is the operator's own cluster, for which TargetCluster %s stands. Delete one of the two"
                            .formatted(local.get())));
        }
        try {
            return harbour.pins().problem(cluster, well.uid(), harbour.fleet().names()::contains);
        } catch (RuntimeException e) {
            return Optional.of(Sounding.passing(
                    Reason.ClusterUnreachable,
                    "Which cluster it is can't be noted in the hub: %s".formatted(e.getMessage())));
        }
    }

    private Sounding moor(Kubeconfig kubeconfig, Sounding.Well well, Runnable lost) throws InterruptedException {
        var fence = new Fence(
                cluster,
                harbour,
                harbour.tenure(),
                harbour.targets().leading(kubeconfig, this::refused),
                harbour.clock(),
                lost);
        try {
            if (!fence.await()) {
                fence.close();
                return Sounding.passing(
                        Reason.Fenced,
                        "Another process of this hub has the right to write there%s, by Lease %s/%s. It is tried again"
                                .formatted(
                                        fence.holder().isEmpty() ? "" : ": " + fence.holder(),
                                        Inventories.NAMESPACE,
                                        KubernetesLease.writer(harbour.hubId())));
            }
            moored = Optional.of(connect(kubeconfig, well, fence));
            return well;
        } catch (RuntimeException e) {
            fence.close();
            return Trouble.of(e);
        } catch (InterruptedException e) {
            fence.close();
            throw e;
        }
    }

    private Moored connect(Kubeconfig kubeconfig, Sounding.Well well, Fence fence) {
        breaker.reset();
        var client = harbour.targets().working(kubeconfig, fence::holds, this::refused);
        try {
            return new Moored(
                    dialled.orElseThrow().place,
                    fence,
                    client,
                    Connection.open(
                            Wire.around(client, pace, breaker, watches, meters),
                            harbour.hubId(),
                            well.account(),
                            well.capabilities(),
                            harbour.digest(),
                            harbour.secrets(),
                            harbour.clock(),
                            harbour.environmentChanged()),
                    harbour.clock().instant());
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** The new one is open before the old one is closed, so that nobody notices. The lease stays where it is. */
    private void renew(Kubeconfig kubeconfig, Sounding.Well well) {
        var stale = moored.filter(
                it -> it.since.isBefore(dialled.orElseThrow().at) || !it.connection.suits(well.capabilities()));
        if (stale.isEmpty()) {
            moored.ifPresent(it -> it.connection.offer(well.capabilities()));
            return;
        }
        var before = stale.get();
        try {
            moored = Optional.of(connect(kubeconfig, well, before.fence));
        } catch (RuntimeException e) {
            LOG.warn(
                    "Cluster {} can't be opened with its new kubeconfig yet: {}",
                    cluster,
                    Trouble.of(e).message());
            return;
        }
        before.fence.use(harbour.targets().leading(kubeconfig, this::refused));
        before.connection.close();
        before.client.close();
    }

    Optional<Connection> connection() {
        return moored.map(Moored::connection);
    }

    /** What has to be done every few seconds, by any thread. */
    void tend() {
        watches.cutSilent();
        watches.relistNext();
        meters.measure(watches);
    }

    /** Closes what is open, and gives the lease back. */
    void shut() {
        moored.ifPresent(it -> {
            it.connection.close();
            it.client.close();
            it.fence.close();
        });
        moored = Optional.empty();
    }

    @Override
    public void close() {
        shut();
        dialled.ifPresent(it -> it.client.close());
        dialled = Optional.empty();
        meters.remove();
    }
}
