package dev.bulkhead.runtime;

import dev.bulkhead.leadership.Tenure;
import dev.bulkhead.leadership.WriteDeadline;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The two clients of the process: one that works, as long as it may, and one that only leads. */
@Singleton
public class HubClients {

    /** The client waits for twice as long at worst; then two more renewals fit into the time that the leader has. */
    private static final int LEASE_TIMEOUT_MILLIS = 2_000;

    @Produces
    @Singleton
    Tenure tenure() {
        return new Tenure(System::nanoTime);
    }

    /** Quarkus' own client, and the one place where a write is held back. */
    @Produces
    @ApplicationScoped
    KubernetesClient working(KubernetesSerialization serialization, Config config, Tenure tenure) {
        HttpClient.Factory factory = HttpClientUtils.getHttpClientFactory();
        var now = Clock.systemUTC().instant();
        return new KubernetesClientBuilder()
                .withKubernetesSerialization(serialization)
                .withConfig(config)
                .withHttpClientFactory(factory)
                .withHttpClientBuilderConsumer(http -> WriteDeadline.install(http, factory, config, now, tenure))
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }

    /** With connections and a thread of its own, so that a renewal waits behind nothing. The caller closes it. */
    static KubernetesClient leading(Config config) {
        return new KubernetesClientBuilder()
                .withHttpClientFactory(new VertxHttpClientFactory())
                .withConfig(new ConfigBuilder(config)
                        .withConnectionTimeout(LEASE_TIMEOUT_MILLIS)
                        .withRequestTimeout(LEASE_TIMEOUT_MILLIS)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }
}
