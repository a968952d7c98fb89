package dev.bulkhead.runtime;

import dev.bulkhead.apply.Applier;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Parallel;
import dev.bulkhead.apply.Releaser;
import dev.bulkhead.apply.WriteRate;
import dev.bulkhead.cluster.Connection;
import dev.bulkhead.cluster.ConnectionContext;
import dev.bulkhead.cluster.Connections;
import dev.bulkhead.cluster.KubeconfigSecret;
import dev.bulkhead.cluster.OwnOffers;
import dev.bulkhead.cluster.Pins;
import dev.bulkhead.cluster.Replacement;
import dev.bulkhead.cluster.ServiceNetwork;
import dev.bulkhead.cluster.TargetClients;
import dev.bulkhead.cluster.TargetClusterReconciler;
import dev.bulkhead.cluster.TokenRenewal;
import dev.bulkhead.cluster.kubeconfig.AddressRules;
import dev.bulkhead.cluster.kubeconfig.AddressRules.Endpoint;
import dev.bulkhead.cluster.kubeconfig.AddressRules.HubNetwork;
import dev.bulkhead.cluster.kubeconfig.Vetting;
import dev.bulkhead.contributor.Reports;
import dev.bulkhead.environment.Cadence;
import dev.bulkhead.environment.EndStanding;
import dev.bulkhead.environment.EnvironmentAccount;
import dev.bulkhead.environment.EnvironmentAnnouncer;
import dev.bulkhead.environment.EnvironmentClassReconciler;
import dev.bulkhead.environment.EnvironmentMeters;
import dev.bulkhead.environment.EnvironmentPass;
import dev.bulkhead.environment.EnvironmentReconciler;
import dev.bulkhead.environment.Places;
import dev.bulkhead.environment.Release;
import dev.bulkhead.environment.Remains;
import dev.bulkhead.environment.Teardown;
import dev.bulkhead.environment.Whereabouts;
import dev.bulkhead.environment.keeping.ClaimBoard;
import dev.bulkhead.environment.keeping.Keeper;
import dev.bulkhead.environment.keeping.Minting;
import dev.bulkhead.environment.keeping.Originals;
import dev.bulkhead.environment.reach.ReachBook;
import dev.bulkhead.leadership.Tenure;
import dev.bulkhead.mesh.GivenSecrets;
import dev.bulkhead.mesh.MeshIdentities;
import dev.bulkhead.mesh.MeshMeters;
import dev.bulkhead.mesh.MeshVault;
import dev.bulkhead.network.NetworkPolicySetReconciler;
import dev.bulkhead.operation.OperationDesk;
import dev.bulkhead.operation.OperationHistory;
import dev.bulkhead.operation.OperationReconciler;
import dev.bulkhead.operation.OperationReports;
import dev.bulkhead.operation.OperationScope;
import dev.bulkhead.secrets.HubSecrets;
import dev.bulkhead.secrets.SecretScopeReconciler;
import dev.bulkhead.secrets.report.SecretMeters;
import dev.bulkhead.secrets.vault.PublishedValues;
import dev.bulkhead.secrets.vault.Vault;
import dev.bulkhead.status.Standing;
import dev.bulkhead.wire.Pace;
import dev.bulkhead.wire.Watches;
import dev.bulkhead.wire.Wire;
import dev.bulkhead.wire.WireMeters;
import dev.bulkhead.workload.WorkloadReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator, put together. The process and the tests build it in the same way; several fit into one JVM.
 *
 * <p>The client stays the caller's, who closes it after this.
 */
public final class Bulkhead implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Bulkhead.class);

    private final ExecutorService passes;
    private final ExecutorService writes = Executors.newVirtualThreadPerTaskExecutor();
    private final HubSecrets secrets;
    private final HubCaches hub;
    private final Revisions revisions;
    private final HubClusterIndex index;
    private final TargetClients targets;
    private final OwnOffers ownOffers;
    private final Connections connections;
    private final MeshIdentities meshes;
    private final String namespaceOfOperator;
    private final Places places;
    private final KubernetesClient client;
    private final OperatorMeters meters;
    private final WireMeters wireMeters;
    private final Watches watches;
    private final Attendance attendance;
    private final Vigil vigil = new Vigil();
    private final Progress progress;
    private final EnvironmentReconciler environments;
    private final Operator operator;

    public Bulkhead(Settings settings, KubernetesClient client, Clock clock) {
        this(settings, client, clock, new SimpleMeterRegistry());
    }

    /** For who has the cluster alone. */
    public Bulkhead(Settings settings, KubernetesClient given, Clock clock, MeterRegistry registry) {
        this(settings, given, clock, registry, forGood());
    }

    /**
     * What JOSDK itself trips over, as when it is stopped between two of its steps. What a reconciler throws never comes
     * so far; and who is left behind by it, {@link Attendance} finds.
     */
    private static void escaped(Thread thread, Throwable e) {
        LOG.warn("{} ended in the event loop, after its reconciliation", thread.getName(), e);
    }

    /** A thread for each pass, as many as come: what bounds them is their places. */
    private static ThreadFactory passesThrough(Places places) {
        var threads = Thread.ofVirtual()
                .name("bulkhead-pass-", 0)
                .uncaughtExceptionHandler(Bulkhead::escaped)
                .factory();
        return pass -> threads.newThread(() -> places.enter(pass));
    }

    private static Tenure forGood() {
        var tenure = new Tenure(System::nanoTime);
        tenure.holdForGood();
        return tenure;
    }

    /** @param tenure the right of this process to write */
    public Bulkhead(Settings settings, KubernetesClient given, Clock clock, MeterRegistry registry, Tenure tenure) {
        registry.config().meterFilter(new SdkMeters());
        namespaceOfOperator = settings.namespace();
        var pace = new Pace(clock);
        meters = new OperatorMeters(registry);
        wireMeters = new WireMeters(registry, Connections.LOCAL);
        wireMeters.paceOf(pace);
        watches = new Watches(clock, wireMeters::watchWasCut);
        client = Wire.around(given, pace, watches, wireMeters);
        var identity = HubIdentity.readOrMake(client, settings);
        var digest = new Digest(identity.key());
        var triggers = new Triggers(this::isReleased);
        var reports = new Reports();
        var events = new KubernetesEvents(client, clock);
        secrets = new HubSecrets(client, digest, this::secretsChanged);
        revisions = new Revisions(client);
        var operations = new OperationReports();
        var rotations = new WriteRate(settings.secretWritesPerSecond());
        var vault = new Vault(client, identity.id(), settings.account(), rotations);
        var values = new PublishedValues(client);
        var minting =
                new Minting(vault, new Originals(values, digest), new SecureRandom(), new Parallel(writes), clock);
        var keeper = new Keeper(identity.id(), vault, minting, rotations, new ClaimBoard(triggers::environment), clock);
        hub = new HubCaches(
                client,
                triggers,
                secrets,
                revisions,
                operations,
                keeper::shelf,
                keeper::glance,
                new OperationScope(settings.namespace()));
        index = new HubClusterIndex(hub);
        ownOffers = new OwnOffers(client, clock);
        var own = Connection.open(
                client,
                identity.id(),
                settings.account(),
                ownOffers.read(),
                digest,
                values,
                clock,
                triggers::environment);
        var services = new ServiceNetwork(client);
        var pins = new Pins(client, settings.namespace(), clock);
        targets = new TargetClients(ClientSettings.userAgent(settings.identity()));
        var vetting = new Vetting(
                new AddressRules(settings.targetCidrs(), () -> hubNetwork(own, services)), InetAddress::getAllByName);
        connections = new Connections(
                new ConnectionContext(
                        identity.id(),
                        settings.identity().orElseGet(() -> UUID.randomUUID().toString()),
                        tenure,
                        targets,
                        new KubeconfigSecret(client, settings.namespace(), vetting, digest),
                        new TokenRenewal(client, clock),
                        pins,
                        own,
                        index,
                        digest,
                        values,
                        registry,
                        clock,
                        triggers::environment),
                cluster -> clusterChanged(cluster, triggers));
        var whereabouts = new Whereabouts(hub, connections);
        places = new Places(settings.parallelism(), index::isElsewhere);
        passes = Executors.newThreadPerTaskExecutor(passesThrough(places));
        progress = new Progress(hub, places::holdsUp, clock);
        meters.progress(progress);
        var applier = new Applier(digest, writes, rotations, clock);
        var retreat = new HubRetreat(client, clock);
        var reach = new ReachBook();
        attendance = new Attendance(MicrometerMetricsV2.newBuilder(registry).build(), meters, clock);
        operator = new Operator(overrider -> overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(attendance)
                .withExecutorService(passes)
                .withStopOnInformerErrorDuringStartup(false)
                .checkingCRDAndValidateLocalModel(false));
        environments = new EnvironmentReconciler(
                hub,
                new EnvironmentPass(hub, identity.id(), revisions, whereabouts, applier, retreat, reach, keeper),
                new Teardown(identity.id(), whereabouts::of, applier, retreat, keeper::end),
                new Release(hub, identity.id(), revisions, whereabouts::of, new Releaser(new Parallel(writes)), clock),
                new EnvironmentAccount(
                        new EnvironmentAnnouncer(
                                hub,
                                reports,
                                new OperationDesk(operations, triggers::operation),
                                events,
                                triggers::contributor),
                        new EnvironmentMeters(registry),
                        new SecretMeters(registry, clock),
                        new Cadence(settings.resync()),
                        reach,
                        clock),
                places,
                triggers.environments());
        register(environments);
        register(new WorkloadReconciler(hub::has, this::released, reports, triggers.workloads(), clock));
        register(new NetworkPolicySetReconciler(hub::has, this::released, reports, triggers.networks(), clock));
        register(new SecretScopeReconciler(hub::has, this::released, reports, triggers.scopes(), clock));
        var remains = new Remains(identity.id(), whereabouts::everywhere);
        register(new OperationReconciler(
                hub::concerned,
                operation -> places.aside(() -> remains.purge(operation)),
                new Replacement(settings.namespace(), pins, index, connections::prompt)::carryOut,
                operations,
                new OperationHistory(hub::operations, it -> client.resource(it).delete(), settings.operationHistory()),
                triggers.operations(),
                clock));
        registerSlowly(new EnvironmentClassReconciler(hub, triggers.classes(), clock));
        meshes = new MeshIdentities(
                identity.id(),
                settings.namespace(),
                hub::clusters,
                connections,
                new MeshVault(vault, new GivenSecrets(client), new SecureRandom(), clock),
                new MeshMeters(registry, clock),
                events,
                triggers::cluster,
                clock);
        registerSlowly(new TargetClusterReconciler(index, connections, triggers.clusters(), meshes, clock));
    }

    public void start() {
        hub.start();
        revisions.load();
        operator.start();
        finishReleases();
        vigil.keep(List.of(
                watches::cutSilent,
                watches::relistNext,
                this::watchKubeconfigs,
                connections::tend,
                meshes::tend,
                () -> ownOffers.refresh(connections.local()),
                attendance::freeStuck,
                this::finishReleases,
                this::measure));
    }

    /** Each look reads them anyway; the watch tells of a change at once, if we may have one. */
    private void watchKubeconfigs() {
        if (hub.clusters().stream().anyMatch(it -> it.getSpec().kubeconfig() != null)) {
            secrets.watch(namespaceOfOperator);
        }
    }

    private void finishReleases() {
        hub.unfinishedReleases().forEach(it -> environments.finish(it, client));
    }

    private void measure() {
        wireMeters.measure(watches);
        meters.watched(connections.open());
        meters.clusters(connections.broken(), places.waiting());
    }

    /** How far the operator is behind: what its health is judged by. */
    public Progress progress() {
        return progress;
    }

    private Optional<Standing> released(EnvironmentId environment) {
        return hub.released(environment).map(EndStanding::released);
    }

    private boolean isReleased(EnvironmentId environment) {
        return hub.released(environment).isPresent();
    }

    private void secretsChanged(String namespace) {
        hub.secretsChanged(namespace);
        if (namespace.equals(namespaceOfOperator)) {
            connections.secretsChanged();
        }
    }

    private void clusterChanged(String cluster, Triggers triggers) {
        triggers.cluster(cluster);
        index.users(cluster).forEach(triggers::environment);
    }

    private static HubNetwork hubNetwork(Connection own, ServiceNetwork services) {
        return new HubNetwork(
                own.capabilities().apiServers().stream()
                        .map(it -> new Endpoint(it.address(), it.port()))
                        .toList(),
                services.cidrs());
    }

    private <T extends HasMetadata> void register(Reconciler<T> reconciler) {
        operator.register(reconciler, overrider -> overrider
                .withRetry(patiently())
                .withFieldManager(Ownership.MANAGER)
                .withItemStore(new LeanStore<>()));
    }

    /** For reconcilers that only count others, and would count along with each of them. */
    private <T extends HasMetadata> void registerSlowly(Reconciler<T> reconciler) {
        RateLimiter<?> twiceAtOnceThenSlowly = new LinearRateLimiter(Duration.ofSeconds(3), 2);
        operator.register(reconciler, overrider -> overrider
                .withRetry(patiently())
                .withFieldManager(Ownership.MANAGER)
                .withItemStore(new LeanStore<>())
                .withRateLimiter(twiceAtOnceThenSlowly));
    }

    /** JOSDK's own default gives up after five attempts in 26 seconds. */
    private static GenericRetry patiently() {
        return new GenericRetry()
                .setInitialInterval(1000)
                .setIntervalMultiplier(2)
                .setMaxInterval(Duration.ofMinutes(1).toMillis())
                .withoutMaxAttempts();
    }

    @Override
    public void close() {
        vigil.close();
        operator.stop();
        passes.shutdownNow();
        connections.close();
        targets.close();
        hub.close();
        secrets.close();
        writes.close();
        client.close();
    }
}
