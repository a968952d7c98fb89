package dev.bulkhead.it.mesh;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.cluster.OperatorAccount;
import dev.bulkhead.cluster.capability.CapabilityReading;
import dev.bulkhead.environment.pillar.Prospect;
import dev.bulkhead.network.reach.Facts;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/** Linkerd in a cluster, as far as it is there. */
public record Mesh(KubernetesClient client) {

    private static final List<String> CONTROL_PLANE =
            List.of("linkerd-destination", "linkerd-identity", "linkerd-proxy-injector");

    /** Why no request can go through proxies here; nothing: one can. */
    public Optional<String> missing() {
        var capabilities = capabilities();
        if (!capabilities.served().contains(Kind.SERVER)) {
            return Optional.of("this cluster serves no %s %s: set BULKHEAD_KUBECONFIG to one with Linkerd"
                    .formatted(Kind.SERVER.apiVersion(), Kind.SERVER.kind()));
        }
        if (!capabilities.served().contains(Kind.HTTP_ROUTE)) {
            return Optional.of("this cluster serves no %s %s: install the Gateway API, which Linkerd needs"
                    .formatted(Kind.HTTP_ROUTE.apiVersion(), Kind.HTTP_ROUTE.kind()));
        }
        return CONTROL_PLANE.stream()
                .filter(name -> !runs(name))
                .findFirst()
                .map("this cluster has the kinds of Linkerd, but no pod of linkerd/%s is ready"::formatted);
    }

    private boolean runs(String deployment) {
        return Optional.ofNullable(client.apps()
                        .deployments()
                        .inNamespace("linkerd")
                        .withName(deployment)
                        .get())
                .map(it -> it.getStatus())
                .map(it -> it.getReadyReplicas())
                .filter(it -> it > 0)
                .isPresent();
    }

    public Capabilities capabilities() {
        var version = client.getKubernetesVersion().getGitVersion();
        return new Capabilities(
                version,
                List.of(),
                nodes(),
                Capabilities.UNKNOWN.clusterDomain(),
                OperatorAccount.NONE,
                CapabilityReading.of(client, version));
    }

    /** As the matrix wants it. */
    public Facts facts() {
        return Prospect.facts(capabilities());
    }

    private List<String> nodes() {
        return client.nodes().list().getItems().stream()
                .flatMap(node -> node.getStatus().getAddresses().stream())
                .filter(address -> address.getType().equals("InternalIP"))
                .map(NodeAddress::getAddress)
                .toList();
    }
}
