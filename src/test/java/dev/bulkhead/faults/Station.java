package dev.bulkhead.faults;

import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.runtime.Settings;
import java.time.Clock;
import java.util.List;

/** A proxy before a cluster, and an operator behind it that can be started again. */
public final class Station implements AutoCloseable {

    /** The targets of a test are on its own machine. */
    public static final Settings SETTINGS = Settings.DEFAULTS.withTargetsIn(List.of("127.0.0.0/8"));

    private FaultProxy proxy;
    private ProxiedOperator operator;

    /** Starts both, if they don't run yet. */
    public Station at(KubeCluster cluster) {
        if (proxy == null) {
            proxy = FaultProxy.before(cluster);
        }
        if (operator == null) {
            start();
        }
        return this;
    }

    public FaultProxy proxy() {
        return proxy;
    }

    public void stop() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    public void start(Settings settings, Clock clock) {
        stop();
        operator = ProxiedOperator.start(proxy, settings, clock);
    }

    public void start() {
        start(SETTINGS, Clock.systemUTC());
    }

    public boolean isRunning() {
        return operator != null;
    }

    void heal() {
        if (proxy != null) {
            proxy.heal();
        }
    }

    @Override
    public void close() {
        stop();
        if (proxy != null) {
            proxy.close();
        }
    }
}
