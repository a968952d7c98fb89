package dev.bulkhead.it;

import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Every version of our resources in a namespace that the API server ever showed. */
final class Sightings implements AutoCloseable {

    private final List<GenericKubernetesResource> seen = new CopyOnWriteArrayList<>();
    private final List<Watch> watches;

    Sightings(TestCluster cluster, TestNamespace namespace) {
        watches = Stream.of("Environment", "Workload", "NetworkPolicySet", "SecretScope")
                .map(kind -> cluster.client()
                        .genericKubernetesResources("bulkhead.dev/v1alpha1", kind)
                        .inNamespace(namespace.name())
                        .watch(Watches.<GenericKubernetesResource>each((action, object) -> {
                            if (action == Action.ADDED || action == Action.MODIFIED) {
                                seen.add(object);
                            }
                        })))
                .toList();
    }

    List<GenericKubernetesResource> all() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
