package dev.bulkhead.faults.crash;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.runtime.Bulkhead;
import dev.bulkhead.runtime.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;

/** An operator in the test's own JVM. It dies by not being heard any more: nothing that it still wants to say gets out. */
final class Incarnation implements CrashRun.Mortal {

    private final Gate gate;
    private final KubernetesClient client;
    private final Bulkhead bulkhead;

    Incarnation(KubeCluster cluster, Gate gate, Clock clock) {
        this.gate = gate;
        client = cluster.client(Audit.OPERATOR, gate);
        bulkhead = new Bulkhead(Settings.DEFAULTS, client, clock);
        bulkhead.start();
    }

    @Override
    public Duration quiet() {
        return gate.quiet();
    }

    /** Dies. What is done here besides is to give back the threads. */
    @Override
    public void close() {
        gate.shut();
        try {
            bulkhead.close();
        } finally {
            client.close();
        }
    }
}
