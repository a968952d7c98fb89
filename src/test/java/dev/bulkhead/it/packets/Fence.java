package dev.bulkhead.it.packets;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.it.packets.Flow.Speaker;
import dev.bulkhead.it.packets.Flow.Target;
import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Tells when everything that was written is enforced: a pair of pods that nobody else has to do with, and a policy that is
 * made or removed last. When their packets show it, the engine has seen what came before.
 */
final class Fence {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ofMillis(300);

    private final TestCluster cluster;
    private final String namespace;
    private final Dialling dialling;
    private boolean open = true;

    Fence(TestCluster cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.dialling = new Dialling(cluster.client());
        cluster.applyYaml("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(namespace));
        List.of("watcher", "watched").forEach(name -> cluster.applyYaml("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: %s}
                spec:
                  containers: [{name: app, image: "registry.example.com/bulkhead/testapp:1", imagePullPolicy: IfNotPresent}]
                """.formatted(name, namespace)));
    }

    void await() {
        open = !open;
        if (open) {
            cluster.delete("networkpolicy", namespace + "/closed");
        } else {
            cluster.applyYaml("""
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: closed, namespace: %s}
                    spec: {podSelector: {}}
                    """.formatted(namespace));
        }
        var flow = flow();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .until(() -> dialling.reached(Set.of(flow), AT_ONCE).contains(flow) == open);
    }

    private Flow flow() {
        var watcher = pod("watcher");
        var watched = pod("watched").getStatus().getPodIP();
        return new Flow(
                new Speaker(namespace, "watcher", watcher.getStatus().getPodIP(), Ground.HTTP),
                new Target("watched", watched + ":" + Ground.HTTP, List.of(watched), Protocol.TCP, Ground.HTTP));
    }

    private Pod pod(String name) {
        return cluster.client()
                .pods()
                .inNamespace(namespace)
                .withName(name)
                .waitUntilCondition(pod -> pod != null && pod.getStatus().getPodIP() != null, 60, TimeUnit.SECONDS);
    }
}
