package dev.bulkhead.network;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import java.util.List;

/**
 * What one policy opens in the default deny: for some pods, in one direction, towards some peers, on some ports. An edge
 * between two workloads takes two of them, because both ends deny.
 */
public record Hole(Direction direction, LabelSelector pods, List<Peer> peers, List<WirePort> ports) {

    /** As Kubernetes calls them. */
    public enum Direction {
        INGRESS("Ingress"),
        EGRESS("Egress");

        private final String policyType;

        Direction(String policyType) {
            this.policyType = policyType;
        }
    }

    public Hole {
        if (peers.isEmpty() || ports.isEmpty()) {
            throw new IllegalArgumentException("A hole without peers or ports opens everything, not nothing");
        }
        peers = List.copyOf(peers);
        ports = List.copyOf(ports);
    }

    public NetworkPolicySpec render() {
        var spec = new NetworkPolicySpecBuilder().withPodSelector(pods).withPolicyTypes(direction.policyType);
        var far = peers.stream().map(Peer::render).toList();
        var open = ports.stream().map(WirePort::render).toList();
        return switch (direction) {
            case INGRESS ->
                spec.addNewIngress().withFrom(far).withPorts(open).endIngress().build();
            case EGRESS ->
                spec.addNewEgress().withTo(far).withPorts(open).endEgress().build();
        };
    }
}
