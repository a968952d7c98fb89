package dev.bulkhead.cluster.capability;

import inet.ipaddr.IPAddress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the inside of a cluster is, told by its nodes and by what it says of Services. */
record Networks(KubernetesClient client) {

    /** Of a larger cluster the pods' network is told by as many nodes. */
    private static final long MOST_NODES = 100;

    List<String> ofPodsAndNodes() {
        var nodes = client
                .nodes()
                .list(new ListOptionsBuilder().withLimit(MOST_NODES).build())
                .getItems()
                .stream()
                .map(NodeAddresses::new)
                .toList();
        return Stream.concat(
                        covering(nodes.stream().flatMap(NodeAddresses::podNetworks)),
                        nodes.stream().flatMap(NodeAddresses::own).map(it -> it + (it.isIPv4() ? "/32" : "/128")))
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

    /** Each node has a part of it: the smallest block that has them all. */
    private static Stream<String> covering(Stream<IPAddress> blocks) {
        return blocks.collect(Collectors.groupingBy(IPAddress::getIPVersion)).values().stream()
                .map(parts -> parts.getFirst()
                        .coverWithPrefixBlock(parts.stream()
                                .reduce((one, other) -> one.coverWithPrefixBlock(other))
                                .orElseThrow())
                        .toString());
    }
}
