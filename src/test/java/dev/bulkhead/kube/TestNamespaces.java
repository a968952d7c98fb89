package dev.bulkhead.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ConditionTimeoutException;

/** Makes namespaces for the tests of a class, and takes away all that came of them. */
final class TestNamespaces implements AutoCloseable {

    private static final List<String> CONTRIBUTORS = List.of("workload", "networkpolicyset", "secretscope");
    private static final Duration POLITE = Duration.ofMinutes(1);

    private final TestCluster cluster;
    private final List<TestNamespace> created = new ArrayList<>();

    TestNamespaces(TestCluster cluster) {
        this.cluster = cluster;
    }

    TestNamespace create() {
        // Short: the names of target namespaces are made from it.
        var name = "t-" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        var namespace = cluster.hub(name);
        created.add(namespace);
        return namespace;
    }

    /** Begins to take it down; {@link #close} sees to the end, so that a test need not wait for the one before. */
    void leave(TestNamespace namespace) {
        // Those that are on their way already may be gone in a moment.
        var staying = cluster.list("environment", namespace.name()).stream()
                .filter(it -> it.getMetadata().getDeletionTimestamp() == null);
        staying.forEach(environment -> {
            var name = namespace.of(environment.getMetadata().getName());
            cluster.patch("environment", name, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
            cluster.delete("environment", name);
        });
    }

    /**
     * Environments go first: while one is there the operator brings back what we remove. Nobody waits until their namespaces
     * have gone, for which Kubernetes takes its time.
     */
    @Override
    public void close() {
        created.forEach(this::leave);
        created.forEach(namespace -> {
            cluster.list("environment", namespace.name()).forEach(it -> release("environment", it));
            cluster.client()
                    .configMaps()
                    .inNamespace("bulkhead-system")
                    .withLabel("bulkhead.dev/hub-namespace", namespace.name())
                    .delete();
        });
        created.forEach(namespace -> CONTRIBUTORS.forEach(kind -> cluster.list(kind, namespace.name())
                .forEach(object ->
                        cluster.delete(kind, namespace.of(object.getMetadata().getName())))));
        created.forEach(namespace -> CONTRIBUTORS.forEach(kind -> awaitGone(namespace, kind)));
        var namespaces = cluster.client().namespaces();
        namespaces.list().getItems().stream()
                .map(found -> found.getMetadata().getName())
                .filter(name -> created.stream().anyMatch(it -> name.equals(it.name()) || name.startsWith(it + "-")))
                .forEach(name -> namespaces.withName(name).delete());
    }

    private void awaitGone(TestNamespace namespace, String kind) {
        try {
            // JOSDK's timers may complain in threads of their own while many environments go; that ends nobody's
            // waiting.
            await().dontCatchUncaughtExceptions()
                    .pollDelay(Duration.ZERO)
                    .atMost(POLITE)
                    .until(() -> cluster.list(kind, namespace.name()).isEmpty());
        } catch (ConditionTimeoutException _) {
            // Nobody is there to finalize it: a test may well have stopped the operator.
            cluster.list(kind, namespace.name()).forEach(object -> release(kind, object));
        }
    }

    private void release(String kind, GenericKubernetesResource object) {
        try {
            cluster.patch(
                    kind,
                    object.getMetadata().getNamespace() + "/"
                            + object.getMetadata().getName(),
                    "{\"metadata\":{\"finalizers\":null}}");
        } catch (KubernetesClientException e) {
            // It may have gone in this moment.
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }
}
