package dev.bulkhead.network.reach;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;

/** What a NetworkPolicy is about: who calls those it selects, or whom they call. */
enum Direction {
    INGRESS("Ingress"),
    EGRESS("Egress");

    private final String type;

    /** One rule, whichever direction it is of. */
    record Rule(List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {}

    Direction(String type) {
        this.type = type;
    }

    /** A policy that doesn't say so is one for ingress, and for egress too if it has such rules. */
    boolean isIn(NetworkPolicySpec spec) {
        var types = spec.getPolicyTypes();
        return types == null || types.isEmpty()
                ? this == INGRESS || !spec.getEgress().isEmpty()
                : types.contains(type);
    }

    List<Rule> rules(NetworkPolicySpec spec) {
        return switch (this) {
            case INGRESS ->
                spec.getIngress().stream()
                        .map(rule -> new Rule(rule.getFrom(), rule.getPorts()))
                        .toList();
            case EGRESS ->
                spec.getEgress().stream()
                        .map(rule -> new Rule(rule.getTo(), rule.getPorts()))
                        .toList();
        };
    }
}
