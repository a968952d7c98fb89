package dev.bulkhead.cluster;

import inet.ipaddr.IPAddressString;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where the Services of a cluster have their addresses: asked when it is first wanted, and never again. */
public final class ServiceNetwork {

    /** How much of what is around the address of the API server's own Service is taken for it, where nobody says more. */
    private static final int GUESSED_V4 = 16;

    private static final int GUESSED_V6 = 112;

    private final KubernetesClient client;
    private List<String> cidrs = List.of();

    public ServiceNetwork(KubernetesClient client) {
        this.client = client;
    }

    /** As the cluster says it (since Kubernetes 1.33), else what is around Service default/kubernetes. */
    public synchronized List<String> cidrs() {
        if (cidrs.isEmpty()) {
            var said = said(client);
            cidrs = said.isEmpty() ? guessed(client) : said;
        }
        return cidrs;
    }

    private static List<String> said(KubernetesClient client) {
        try {
            return client.genericKubernetesResources("networking.k8s.io/v1", "ServiceCIDR").list().getItems().stream()
                    .map(ServiceNetwork::cidrs)
                    .flatMap(Collection::stream)
                    .map(String::valueOf)
                    .toList();
        } catch (KubernetesClientException _) {
            return List.of();
        }
    }

    private static List<?> cidrs(GenericKubernetesResource cidr) {
        return cidr.get("spec", "cidrs") instanceof List<?> cidrs ? cidrs : List.of();
    }

    private static List<String> guessed(KubernetesClient client) {
        var service =
                client.services().inNamespace("default").withName("kubernetes").get();
        return service == null
                ? List.of()
                : Optional.ofNullable(service.getSpec().getClusterIPs()).orElse(List.of()).stream()
                        .map(address -> new IPAddressString(address).getAddress())
                        .map(address -> address.setPrefixLength(address.isIPv4() ? GUESSED_V4 : GUESSED_V6)
                                .toPrefixBlock()
                                .toString())
                        .toList();
    }
}
