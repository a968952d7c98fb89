package dev.bulkhead.cluster.capability;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where a node is, and what pods see it as. */
public record NodeAddresses(Node node) {

    private static final Set<String> OWN = Set.of("InternalIP", "ExternalIP");

    /** From where nodes call pods, in the order of addresses. */
    public static List<String> of(Collection<Node> nodes) {
        return nodes.stream()
                .map(NodeAddresses::new)
                .flatMap(node -> Stream.concat(node.own(), node.towardsPods()))
                .distinct()
                .sorted()
                .map(IPAddress::toString)
                .toList();
    }

    Stream<IPAddress> own() {
        var status = node.getStatus();
        return status == null || status.getAddresses() == null
                ? Stream.empty()
                : status.getAddresses().stream()
                        .filter(it -> OWN.contains(it.getType()))
                        .map(NodeAddress::getAddress)
                        .flatMap(text -> address(text).stream());
    }

    Stream<IPAddress> podNetworks() {
        var spec = node.getSpec();
        return spec == null || spec.getPodCIDRs() == null
                ? Stream.empty()
                : spec.getPodCIDRs().stream().flatMap(text -> address(text).stream());
    }

    /** The first two addresses of its pods' network: flannel's towards other nodes, and the bridge's towards its own pods. */
    private Stream<IPAddress> towardsPods() {
        return podNetworks().flatMap(network -> Stream.iterate(
                        network.getLower().withoutPrefixLength(), network::contains, it -> it.increment(1))
                .limit(2));
    }

    private static Optional<IPAddress> address(String text) {
        return Optional.ofNullable(new IPAddressString(text).getAddress());
    }
}
