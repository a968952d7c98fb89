package dev.bulkhead.runtime;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator as a process: started beside the probes, so that they answer while the caches fill. */
@ApplicationScoped
public class OperatorProcess {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);

    private final KubernetesClient client;
    private final MeterRegistry meters;
    private final Configuration configuration;
    private final AtomicReference<Bulkhead> running = new AtomicReference<>();

    public OperatorProcess(KubernetesClient client, MeterRegistry meters, Configuration configuration) {
        this.client = client;
        this.meters = meters;
        this.configuration = configuration;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("bulkhead-start").start(this::start);
    }

    private void start() {
        try {
            var bulkhead = new Bulkhead(configuration.settings(), client, Clock.systemUTC(), meters);
            bulkhead.start();
            running.set(bulkhead);
            LOG.info("Bulkhead is up");
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

    void stop(@Observes ShutdownEvent event) {
        running().ifPresent(Bulkhead::close);
    }
}
