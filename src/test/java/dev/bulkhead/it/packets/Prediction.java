package dev.bulkhead.it.packets;

import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Facts;
import dev.bulkhead.network.reach.Matrix;
import dev.bulkhead.network.reach.Party;
import dev.bulkhead.network.reach.World;
import inet.ipaddr.IPAddressString;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the matrix says will get through, of the objects that are in the cluster now. */
record Prediction(KubernetesClient client) {

    Set<Flow> open(Collection<Flow> flows) {
        var matrix = World.of(objects(), facts()).matrix();
        return flows.stream().filter(flow -> passes(matrix, flow)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<HasMetadata> objects() {
        return Stream.of(
                        client.namespaces().list().getItems(),
                        client.pods().inAnyNamespace().list().getItems(),
                        client.network()
                                .v1()
                                .networkPolicies()
                                .inAnyNamespace()
                                .list()
                                .getItems())
                .<HasMetadata>flatMap(Collection::stream)
                .toList();
    }

    private Facts facts() {
        return Facts.USUAL
                .with(Facts.Transport.NONE)
                .with(NetworkPolicyEngine.KubeRouter)
                .withNodes(client.nodes().list().getItems().stream()
                        .flatMap(node -> node.getStatus().getAddresses().stream())
                        .filter(address -> address.getType().equals("InternalIP"))
                        .map(NodeAddress::getAddress)
                        .toList());
    }

    private static boolean passes(Matrix matrix, Flow flow) {
        var target = flow.to();
        return matrix
                .between(
                        List.of(at(matrix, flow.from().address())),
                        List.of(at(matrix, target.at().getFirst())))
                .edges()
                .stream()
                .filter(edge -> edge.access().raw())
                .map(Edge::ports)
                .anyMatch(ports -> ports.contains(target.protocol(), target.port()));
    }

    /** A pod on the node's own network shares its address with the node. */
    private static Party at(Matrix matrix, String address) {
        var wanted = new IPAddressString(address).getAddress();
        return matrix.parties().stream()
                .filter(party -> party.addresses().stream().anyMatch(range -> range.contains(wanted)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the matrix knows nobody at " + address));
    }
}
