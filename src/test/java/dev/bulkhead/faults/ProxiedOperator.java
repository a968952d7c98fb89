package dev.bulkhead.faults;

import dev.bulkhead.runtime.Bulkhead;
import dev.bulkhead.runtime.ClientSettings;
import dev.bulkhead.runtime.Settings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;

/** An operator in the test's own JVM that reaches the API server through a proxy, set up as the process sets itself up. */
public final class ProxiedOperator implements AutoCloseable {

    private final KubernetesClient client;
    private final Bulkhead bulkhead;

    private ProxiedOperator(KubernetesClient client, Settings settings, Clock clock) {
        this.client = client;
        bulkhead = new Bulkhead(settings, client, clock);
    }

    public static ProxiedOperator start(FaultProxy proxy) {
        return start(proxy, Settings.DEFAULTS, Clock.systemUTC());
    }

    public static ProxiedOperator start(FaultProxy proxy, Settings settings, Clock clock) {
        var operator = new ProxiedOperator(client(proxy), settings, clock);
        operator.bulkhead.start();
        return operator;
    }

    static KubernetesClient client(FaultProxy proxy) {
        var config = Config.fromKubeconfig(proxy.kubeconfig());
        new ClientSettings().customize(config);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void close() {
        try {
            bulkhead.close();
        } finally {
            client.close();
        }
    }
}
