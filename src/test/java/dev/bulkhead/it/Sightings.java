package dev.bulkhead.it;

import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
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
                        .watch(new Witness()))
                .toList();
    }

    List<GenericKubernetesResource> all() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }

    private final class Witness implements Watcher<GenericKubernetesResource> {

        @Override
        public void eventReceived(Action action, GenericKubernetesResource object) {
            if (action == Action.ADDED || action == Action.MODIFIED) {
                seen.add(object);
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            // Ended by the server: what was seen so far is still true.
        }
    }
}
