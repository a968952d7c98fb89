package dev.bulkhead.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ConditionTimeoutException;

/** Makes a namespace for a test, and takes away all that came of it. */
final class TestNamespaces {

    private static final List<String> CONTRIBUTORS = List.of("workload", "networkpolicyset", "secretscope");
    private static final Duration POLITE = Duration.ofSeconds(30);

    private final TestCluster cluster;

    TestNamespaces(TestCluster cluster) {
        this.cluster = cluster;
    }

    TestNamespace create() {
        // Short: the names of target namespaces are made from it.
        var name = "t-" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        cluster.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("bulkhead.dev/team", "true")
                        .endMetadata()
                        .build())
                .create();
        return new TestNamespace(name);
    }

    /** Environments go first: while one is there the operator brings back what we remove. */
    void remove(TestNamespace namespace) {
        remove(namespace, "environment");
        CONTRIBUTORS.forEach(kind -> remove(namespace, kind));
        var namespaces = cluster.client().namespaces();
        namespaces.list().getItems().stream()
                .map(found -> found.getMetadata().getName())
                .filter(name -> name.equals(namespace.name()) || name.startsWith(namespace.name() + "-"))
                .forEach(name -> namespaces.withName(name).delete());
    }

    private void remove(TestNamespace namespace, String kind) {
        cluster.list(kind, namespace.name()).forEach(object -> {
            var name = namespace.of(object.getMetadata().getName());
            if (kind.equals("environment")) {
                cluster.patch(kind, name, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
            }
            cluster.delete(kind, name);
        });
        try {
            await().atMost(POLITE)
                    .until(() -> cluster.list(kind, namespace.name()).isEmpty());
        } catch (ConditionTimeoutException _) {
            // Nobody is there to finalize it: a test may well have stopped the operator.
            cluster.list(kind, namespace.name()).forEach(object -> release(kind, object));
        }
    }

    private void release(String kind, GenericKubernetesResource object) {
        cluster.patch(
                kind,
                object.getMetadata().getNamespace() + "/" + object.getMetadata().getName(),
                "{\"metadata\":{\"finalizers\":null}}");
    }
}
