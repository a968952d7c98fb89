package dev.bulkhead.cluster.capability;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the inside of a cluster is, told by its nodes and by what it says of Services. */
record Networks(KubernetesClient client) {

    /** Of a larger cluster the pods' network is told by as many nodes. */
    private static final long MOST_NODES = 100;

    private static final Set<String> ADDRESSES = Set.of("InternalIP", "ExternalIP");

    List<String> ofPodsAndNodes() {
        var nodes = client.nodes()
                .list(new ListOptionsBuilder().withLimit(MOST_NODES).build())
                .getItems();
        var pods = nodes.stream().flatMap(Networks::podNetworks).flatMap(text -> address(text).stream());
        return Stream.concat(covering(pods), nodes.stream().flatMap(Networks::addresses))
                .toList();
    }

    List<String> ofServices() {
        return client.genericKubernetesResources("networking.k8s.io/v1", "ServiceCIDR").list().getItems().stream()
                .map(Networks::cidrs)
                .flatMap(Collection::stream)
                .map(String::valueOf)
                .toList();
    }

    private static List<?> cidrs(GenericKubernetesResource cidr) {
        return cidr.get("spec", "cidrs") instanceof List<?> cidrs ? cidrs : List.of();
    }

    private static Stream<String> podNetworks(Node node) {
        var spec = node.getSpec();
        return spec == null || spec.getPodCIDRs() == null ? Stream.empty() : spec.getPodCIDRs().stream();
    }

    private static Stream<String> addresses(Node node) {
        var status = node.getStatus();
        return status == null || status.getAddresses() == null
                ? Stream.empty()
                : status.getAddresses().stream()
                        .filter(it -> ADDRESSES.contains(it.getType()))
                        .map(NodeAddress::getAddress)
                        .flatMap(text -> address(text).stream())
                        .map(it -> it + (it.isIPv4() ? "/32" : "/128"));
    }

    /** Each node has a part of it: the smallest block that has them all. */
    private static Stream<String> covering(Stream<IPAddress> blocks) {
        return blocks.collect(Collectors.groupingBy(IPAddress::getIPVersion)).values().stream()
                .map(parts -> parts.getFirst()
                        .coverWithPrefixBlock(parts.stream()
                                .reduce((one, other) -> one.coverWithPrefixBlock(other))
                                .orElseThrow())
                        .toString());
    }

    private static Optional<IPAddress> address(String text) {
        return Optional.ofNullable(new IPAddressString(text).getAddress());
    }
}
