package dev.bulkhead.runtime;

import dev.bulkhead.cluster.OwnNamespace;
import dev.bulkhead.leadership.Elector;
import dev.bulkhead.leadership.KubernetesLease;
import dev.bulkhead.leadership.Tenure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator as a process: started beside the probes, so that they answer while the caches fill. Of several, one leads
 * and works; the others send nothing but questions about the lease (docs/adr/0005).
 */
@ApplicationScoped
public class OperatorProcess implements Elector.Followers {

    /** It lost the lease: nothing is wrong with it, and a new process may lead again. */
    static final int LEADS_NO_MORE = 75;

    private static final int LOOK_AGAIN_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);

    private final KubernetesClient client;
    private final Config config;
    private final Tenure tenure;
    private final MeterRegistry meters;
    private final Configuration configuration;
    private final AtomicReference<Bulkhead> running = new AtomicReference<>();
    private final AtomicReference<Standby> standby = new AtomicReference<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile List<String> missing = List.of();

    /** The part in the election, with a client of its own. */
    private record Standby(Elector elector, KubernetesClient client) {

        void end() {
            elector.close();
            client.close();
        }
    }

    public OperatorProcess(
            KubernetesClient client, Config config, Tenure tenure, MeterRegistry meters, Configuration configuration) {
        this.client = client;
        this.config = config;
        this.tenure = tenure;
        this.meters = meters;
        this.configuration = configuration;
    }

    void start(@Observes StartupEvent event) {
        meters.gauge("bulkhead.leader", tenure, it -> it.holds() ? 1 : 0);
        if (configuration.leaderElection().enabled()) {
            runForLeader();
        } else {
            tenure.holdForGood();
            elected();
        }
    }

    private void runForLeader() {
        var leading = HubClients.leading(config);
        var elector = new Elector(
                configuration.identity().orElseGet(() -> UUID.randomUUID().toString()),
                new KubernetesLease(
                        () -> leading,
                        configuration.namespace(),
                        KubernetesLease.LEADER,
                        () -> OwnNamespace.ensure(leading, configuration.namespace()),
                        Clock.systemUTC()),
                tenure,
                this);
        standby.set(new Standby(elector, leading));
        Thread.ofPlatform().daemon().name("bulkhead-prerequisites").start(() -> {
            if (awaitPrerequisites(new Prerequisites(leading))) {
                elector.start();
            }
        });
    }

    /** One that couldn't work doesn't run for leader, so a bad upgrade takes the seat from nobody. */
    private boolean awaitPrerequisites(Prerequisites prerequisites) {
        try {
            do {
                var before = missing;
                missing = prerequisites.missing();
                if (!missing.equals(before)) {
                    missing.forEach(it -> LOG.error("Bulkhead waits. {}", it));
                }
            } while (!missing.isEmpty() && !stopping.await(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return missing.isEmpty() && stopping.getCount() > 0;
    }

    /** What it waits for before it takes part. */
    List<String> missing() {
        return missing;
    }

    @Override
    public void elected() {
        Thread.ofPlatform().name("bulkhead-start").start(this::work);
    }

    /**
     * Ends the process. What is in memory then, half-done passes and caches that nobody guarded meanwhile, can't be told
     * apart from what may be used again; a new process is the way that is tested anyway.
     */
    @Override
    public void lost(String why) {
        // Nothing is left to be ended in order: what is under way may write no more.
        Runtime.getRuntime().halt(LEADS_NO_MORE);
    }

    private void work() {
        var chosen = System.nanoTime();
        try {
            new Prerequisites(client).incomplete().ifPresent(it -> LOG.warn("{}", it));
            var bulkhead = new Bulkhead(configuration.settings(), client, Clock.systemUTC(), meters, tenure);
            bulkhead.start();
            running.set(bulkhead);
            LOG.info(
                    "Bulkhead is up, {} ms after it began to work, {} ms after the start of the process",
                    Duration.ofNanos(System.nanoTime() - chosen).toMillis(),
                    ManagementFactory.getRuntimeMXBean().getUptime());
        } catch (RuntimeException e) {
            LOG.error(
                    "Bulkhead can't start: {}. Check the kubeconfig, the operator's RBAC, and that the CRDs are installed",
                    e.getMessage(),
                    e);
            Quarkus.asyncExit(1);
        }
    }

    Optional<Bulkhead> running() {
        return Optional.ofNullable(running.get());
    }

    /** The one that it waits for to stop leading, if it waits. */
    Optional<String> leader() {
        return Optional.ofNullable(standby.get())
                .filter(_ -> !tenure.holds())
                .map(it -> it.elector().leader())
                .filter(it -> !it.isEmpty());
    }

    /** The seat is given back last, when nothing is being written any more. */
    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
        running().ifPresent(Bulkhead::close);
        Optional.ofNullable(standby.get()).ifPresent(Standby::end);
    }
}
