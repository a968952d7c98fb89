package dev.bulkhead.cluster;

import dev.bulkhead.cluster.kubeconfig.Kubeconfig;
import dev.bulkhead.cluster.kubeconfig.Tls;
import dev.bulkhead.leadership.WriteDeadline;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Makes the clients of target clusters, over one HTTP engine. Nothing of the operator's own surroundings goes into them:
 * no ServiceAccount, no kubeconfig, no variable, no proxy; what they know is in the {@link Kubeconfig}.
 */
public final class TargetClients implements AutoCloseable {

    /** A black-holed connection frees what waits for it after this long. */
    private static final int TIMEOUT_MILLIS = 15_000;

    /** As for the hub's own lease: two more renewals fit into the time that a holder has. */
    private static final int LEASE_TIMEOUT_MILLIS = 2_000;

    /** A resolver that takes long for some names must not stop the others; each costs a thread that stays. */
    private static final int LOOKUPS_AT_ONCE = 32;

    private static final String OWN_RESOLVER_OFF = "vertx.disableDnsResolver";

    private final String userAgent;
    private final Vertx engine;
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
    private final KubernetesSerialization serialization = new KubernetesSerialization();
    private final HttpClient.Factory factory;

    /** @param userAgent who we are in an audit log */
    public TargetClients(String userAgent) {
        this.userAgent = userAgent;
        this.engine = engine();
        this.factory = new VertxHttpClientFactory(engine);
    }

    /**
     * A client that does the work of a cluster.
     *
     * @param mayWrite asked before each write, at the last moment; without it nothing but questions is sent
     * @param refused told of each answer that the credential isn't taken; called where nothing may block
     */
    public KubernetesClient working(Kubeconfig kubeconfig, BooleanSupplier mayWrite, Runnable refused) {
        return client(kubeconfig, TIMEOUT_MILLIS, refused, http -> WriteDeadline.install(http, mayWrite));
    }

    /** A client that finds out who and what a cluster is. It may post reviews, and so isn't held back. */
    public KubernetesClient probing(Kubeconfig kubeconfig, Runnable refused) {
        return client(kubeconfig, TIMEOUT_MILLIS, refused, _ -> {});
    }

    /** A client for nothing but the lease on a cluster, with connections of its own. */
    public KubernetesClient leading(Kubeconfig kubeconfig, Runnable refused) {
        return client(kubeconfig, LEASE_TIMEOUT_MILLIS, refused, _ -> {});
    }

    private KubernetesClient client(
            Kubeconfig kubeconfig, int timeoutMillis, Runnable refused, Consumer<HttpClient.Builder> last) {
        // Said so, it configures nothing by itself; a builder that is new would read the pod's own token.
        var config = new ConfigBuilder(Config.empty())
                .withAutoConfigure(false)
                .withMasterUrl(kubeconfig.server().toString())
                .withUserAgent(userAgent)
                .withConnectionTimeout(timeoutMillis)
                .withRequestTimeout(timeoutMillis)
                .withRequestRetryBackoffLimit(0)
                .build();
        var tls = Tls.of(kubeconfig);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientFactory(factory)
                .withTaskExecutor(tasks)
                .withHttpClientBuilderConsumer(http -> {
                    http.sslContext(tls.keys(), tls.trust());
                    http.addOrReplaceInterceptor(
                            TokenRefreshInterceptor.NAME, new TargetIdentity(kubeconfig.credential(), refused));
                    last.accept(http);
                })
                .build();
    }

    /** With the JVM's own resolver, so that a client connects to what was looked at when its kubeconfig was vetted. */
    private static Vertx engine() {
        var before = System.getProperty(OWN_RESOLVER_OFF);
        System.setProperty(OWN_RESOLVER_OFF, "true");
        try {
            return Vertx.vertx(new VertxOptions()
                    .setUseDaemonThread(true)
                    .setInternalBlockingPoolSize(LOOKUPS_AT_ONCE)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        } finally {
            if (before == null) {
                System.clearProperty(OWN_RESOLVER_OFF);
            } else {
                System.setProperty(OWN_RESOLVER_OFF, before);
            }
        }
    }

    /** Those that made clients have closed them before. */
    @Override
    public void close() {
        tasks.shutdownNow();
        engine.close();
    }
}
