package dev.bulkhead.bench;

import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.KubeconfigSecretRef;
import dev.bulkhead.api.v1alpha1.KubeconfigSource;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.TargetClusterSpec;
import dev.bulkhead.cluster.kubeconfig.OwnKubeconfig;
import dev.bulkhead.faults.Alias;
import dev.bulkhead.kube.KubeCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Clusters by aliases of two API servers, and others that are dead, silent or slow. */
final class Aliases implements AutoCloseable {

    static final String CLASS = "many";

    /** Four whom nobody answers for, three that take a connection and say nothing, three that take five seconds for each answer. */
    static final List<String> UNWELL = Stream.concat(
                    names("dead", 4), Stream.concat(names("silent", 3), names("slow", 3)))
            .toList();

    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final int FIRST_SLOW = 100;

    private final KubernetesClient hub;
    private final List<KubeCluster> targets;
    private final List<String> tokens;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Alias any;

    Aliases(KubernetesClient hub, List<KubeCluster> targets) {
        this.hub = hub;
        this.targets = targets;
        this.tokens = targets.stream().map(Aliases::token).toList();
        this.any = alias(FIRST_SLOW - 1, Duration.ZERO);
    }

    static String name(int number) {
        return "c%02d".formatted(number);
    }

    static HasMetadata environmentClass() {
        var clusters = Stream.concat(IntStream.range(0, 20).mapToObj(Aliases::name), UNWELL.stream())
                .collect(Collectors.joining(", "));
        return Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: many}
                spec:
                  hubNamespaces: {}
                  clusters: [%s]
                  registries: [registry.example.com]
                  roles: {developer: bulkhead-developer, viewer: bulkhead-viewer}
                """.formatted(clusters), EnvironmentClass.class);
    }

    void well(int count) {
        IntStream.range(0, count).forEach(i -> {
            var alias = alias(i, Duration.ZERO);
            join(name(i), alias.url(), alias.authority(), tokens.get(i % targets.size()));
        });
    }

    void unwell() {
        for (var i = 0; i < UNWELL.size(); i++) {
            var name = UNWELL.get(i);
            if (name.startsWith("slow")) {
                var alias = alias(FIRST_SLOW + i, SLOW);
                join(name, alias.url(), alias.authority(), tokens.get(i % targets.size()));
            } else {
                join(
                        name,
                        "https://127.0.0.1:" + (name.startsWith("dead") ? 1 : silent()),
                        any.authority(),
                        tokens.get(0));
            }
        }
    }

    /** Waits until something is said of each. */
    void awaitSaid() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> hub.resources(TargetCluster.class).list().getItems().stream()
                                .filter(it -> UNWELL.contains(it.getMetadata().getName()))
                                .filter(it -> it.getStatus() != null
                                        && it.getStatus().observedGeneration() != null
                                        && it.getStatus().observedGeneration() > 0)
                                .count()
                        == UNWELL.size());
    }

    void forget() {
        UNWELL.forEach(name -> hub.resources(TargetCluster.class).withName(name).delete());
    }

    private Alias alias(int number, Duration delay) {
        var alias = new Alias(vertx, targets.get(number % targets.size()).kubeconfig(), number, delay);
        open.add(alias);
        return alias;
    }

    /** The operating system takes the connections for it. */
    private int silent() {
        try {
            var socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
            open.add(socket);
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void join(String name, String server, String authority, String token) {
        hub.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("bulkhead-system")
                        .withName(name)
                        .endMetadata()
                        .withStringData(Map.of("kubeconfig", OwnKubeconfig.of(URI.create(server), authority, token)))
                        .build())
                .serverSideApply();
        var cluster = new TargetCluster();
        cluster.setMetadata(new ObjectMetaBuilder().withName(name).build());
        cluster.setSpec(new TargetClusterSpec(null, new KubeconfigSource(new KubeconfigSecretRef(name, "kubeconfig"))));
        hub.resource(cluster).serverSideApply();
    }

    private static String token(KubeCluster cluster) {
        try (var client = cluster.client("bench")) {
            return new Account(client).token();
        }
    }

    private static Stream<String> names(String word, int count) {
        return IntStream.range(0, count).mapToObj(i -> word + "-" + i);
    }

    @Override
    public void close() {
        for (var it : open) {
            try {
                it.close();
            } catch (Exception e) {
                throw new IllegalStateException("an alias doesn't close", e);
            }
        }
        vertx.close();
    }
}
