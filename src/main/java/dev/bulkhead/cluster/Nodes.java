package dev.bulkhead.cluster;

import dev.bulkhead.cluster.capability.NodeAddresses;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.net.HttpURLConnection;
import java.util.List;

/** From where the target's nodes call pods: the way on which an API server comes to a webhook. */
final class Nodes {

    private Nodes() {}

    static Told<Node, List<String>> watch(KubernetesClient client, Runnable changed) {
        var addressesOnly = new ReducedStateItemStore<>(
                ReducedStateItemStore.NAME_KEY_STATE,
                Node.class,
                client.getKubernetesSerialization(),
                "spec.podCIDRs",
                "status.addresses");
        return new Told<>(
                client.nodes()
                        .runnableInformer(0)
                        .removeNamespaceIndex()
                        .itemStore(addressesOnly)
                        .exceptionHandler((_, _) -> true),
                NodeAddresses::of,
                changed);
    }

    /** Asked once, by somebody who need not have the right to know. */
    static List<String> addresses(KubernetesClient client) {
        try {
            return NodeAddresses.of(client.nodes().list().getItems());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }
}
