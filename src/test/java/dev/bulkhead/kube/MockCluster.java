package dev.bulkhead.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;

/** An API server in memory, for a test without a cluster: it keeps what it is given, and knows no rules. */
public final class MockCluster implements AutoCloseable {

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final KubernetesClient client;

    public MockCluster() {
        server.init();
        client = server.createClient();
        client.getConfiguration().setRequestRetryBackoffLimit(0);
    }

    public KubernetesClient client() {
        return client;
    }

    /** How often it was asked for anything. */
    public int requests() {
        return server.getRequestCount();
    }

    /** From now on there is nobody. */
    public void vanish() {
        server.shutdown();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
