package dev.bulkhead.network.reach;

import dev.bulkhead.network.LabelSelection;
import dev.bulkhead.network.reach.Direction.Rule;
import dev.bulkhead.network.reach.Finding.AmbiguousPort;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names of ports in NetworkPolicies that mean different numbers to the pods that they are about. By Kubernetes each pod
 * has its own; kube-router has one for all of them, and which one is by chance.
 */
record AmbiguousNames(World world) {

    Stream<Finding> findings() {
        return world.policies().stream()
                .flatMap(policy -> Stream.of(Direction.values())
                        .filter(direction -> direction.isIn(policy.getSpec()))
                        .flatMap(direction -> direction.rules(policy.getSpec()).stream()
                                .flatMap(rule -> in(policy, rule, callees(policy, direction, rule)))))
                .distinct();
    }

    private static Stream<Finding> in(NetworkPolicy policy, Rule rule, List<Endpoint> callees) {
        return rule.ports().stream()
                .filter(RulePorts::isNamed)
                .filter(port -> meanings(port, callees) > 1)
                .map(port -> new AmbiguousPort(
                        policy.getMetadata().getNamespace(),
                        policy.getMetadata().getName(),
                        port.getPort().getStrVal()));
    }

    private static long meanings(NetworkPolicyPort port, List<Endpoint> callees) {
        return callees.stream()
                .map(callee ->
                        callee.named(RulePorts.protocol(port), port.getPort().getStrVal()))
                .filter(meaning -> !meaning.isEmpty())
                .distinct()
                .count();
    }

    private List<Endpoint> callees(NetworkPolicy policy, Direction direction, Rule rule) {
        var home = policy.getMetadata().getNamespace();
        return world.endpoints().stream()
                .filter(endpoint -> switch (direction) {
                    case INGRESS ->
                        endpoint.namespace().equals(home)
                                && takes(policy.getSpec().getPodSelector(), endpoint);
                    case EGRESS ->
                        rule.peers().isEmpty() && endpoint.namespace().equals(home)
                                || rule.peers().stream().anyMatch(peer -> means(peer, home, endpoint));
                })
                .toList();
    }

    private boolean means(NetworkPolicyPeer peer, String home, Endpoint endpoint) {
        var namespaces = peer.getNamespaceSelector();
        return peer.getIpBlock() == null
                && (namespaces == null
                        ? endpoint.namespace().equals(home)
                        : LabelSelection.matches(namespaces, world.labelsOf(endpoint.namespace())))
                && takes(peer.getPodSelector(), endpoint);
    }

    private static boolean takes(@Nullable LabelSelector pods, Endpoint endpoint) {
        return LabelSelection.matches(Objects.requireNonNullElseGet(pods, LabelSelector::new), endpoint.labels());
    }
}
