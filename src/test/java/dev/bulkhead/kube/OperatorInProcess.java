package dev.bulkhead.kube;

import dev.bulkhead.kube.KubeCluster.BeforeRequest;
import dev.bulkhead.runtime.Bulkhead;
import dev.bulkhead.runtime.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** The operator inside the test's own JVM: quick to start, and open to a debugger. */
public final class OperatorInProcess implements OperatorUnderTest {

    /** The targets of a test are on its own machine. */
    private static final Settings SETTINGS = Settings.DEFAULTS.withTargetsIn(List.of("127.0.0.0/8"));

    private static final BeforeRequest UNDISTURBED = (_, _) -> {};

    private final KubeCluster cluster;
    private final JvmLog log = new JvmLog();
    private volatile BeforeRequest disturbance = UNDISTURBED;
    private volatile Runnable startle = () -> {};
    private KubernetesClient client;
    private Bulkhead running;

    OperatorInProcess(KubeCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        log.listen();
        client = cluster.client(Audit.OPERATOR, (method, uri) -> disturbance.happens(method, uri));
        running = new Bulkhead(SETTINGS, client, new Startled());
        running.start();
    }

    /** Has something happen before each request that the operator sends, in the thread that sends it. */
    public void disturb(BeforeRequest disturbance) {
        this.disturbance = disturbance;
    }

    /** Has something happen each time that the operator asks for the time, in the thread that asks. */
    public void startle(Runnable startle) {
        this.startle = startle;
    }

    public void leaveAlone() {
        disturbance = UNDISTURBED;
        startle = () -> {};
    }

    @Override
    public void stop() {
        if (!isRunning()) {
            return;
        }
        try {
            running.close();
        } finally {
            running = null;
            client.close();
            log.close();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public List<String> lastLog() {
        return log.lines();
    }

    private final class Startled extends Clock {

        private final Clock clock = Clock.systemUTC();

        @Override
        public Instant instant() {
            startle.run();
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return clock.withZone(zone);
        }
    }
}
