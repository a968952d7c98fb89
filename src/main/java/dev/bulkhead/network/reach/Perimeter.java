package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.network.reach.Cast.Role;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** NetworkPolicies, worked out: for every role in the cast what its own policies let out, or in. */
final class Perimeter {

    /** What somebody's policies allow towards each of the others, by their number; none: there is no policy. */
    private final List<Optional<PortSet[]>> out;

    private final List<Optional<PortSet[]>> in;
    private final Cast cast;

    /** One rule of a policy: some peers, on some ports. */
    private record Rule(BitSet peers, List<NetworkPolicyPort> ports) {}

    private enum Direction {
        INGRESS("Ingress"),
        EGRESS("Egress");

        private final String type;

        Direction(String type) {
            this.type = type;
        }

        /** A policy that doesn't say so is one for ingress, and for egress too if it has such rules. */
        private boolean isIn(NetworkPolicySpec spec) {
            var types = spec.getPolicyTypes();
            return types == null || types.isEmpty()
                    ? this == INGRESS || !spec.getEgress().isEmpty()
                    : types.contains(type);
        }
    }

    Perimeter(World world, Cast cast) {
        this.cast = cast;
        this.out = allowed(world.policies(), Direction.EGRESS);
        this.in = allowed(world.policies(), Direction.INGRESS);
    }

    /** What the policies call by its addresses, rule by rule. */
    static Stream<Network> networks(World world) {
        return world.policies().stream()
                .map(NetworkPolicy::getSpec)
                .flatMap(spec -> Stream.concat(
                        spec.getIngress().stream().map(NetworkPolicyIngressRule::getFrom),
                        spec.getEgress().stream().map(NetworkPolicyEgressRule::getTo)))
                .map(Perimeter::network);
    }

    private static Network network(List<NetworkPolicyPeer> peers) {
        return new Network(peers.stream()
                .map(NetworkPolicyPeer::getIpBlock)
                .filter(Objects::nonNull)
                .flatMap(block -> Block.of(block.getCidr(), block.getExcept()).stream())
                .toList());
    }

    /** What the caller's side lets out. */
    PortSet out(int from, int to) {
        return allowed(out.get(from), to);
    }

    /** What the callee's side lets in. From its own node everything gets in, so that probes do. */
    PortSet in(int from, int to) {
        return cast.roles().get(from).party().onNode() ? PortSet.ALL : allowed(in.get(to), from);
    }

    private static PortSet allowed(Optional<PortSet[]> allowed, int other) {
        return allowed.map(ports -> ports[other]).orElse(PortSet.ALL);
    }

    /** Whether a policy holds back anything at all between the two. */
    boolean guards(int from, int to) {
        return out.get(from).isPresent()
                || in.get(to).isPresent() && !cast.roles().get(from).party().onNode();
    }

    private List<Optional<PortSet[]>> allowed(List<NetworkPolicy> policies, Direction direction) {
        var rulesOf = new HashMap<Integer, List<Rule>>();
        for (var policy : policies) {
            if (direction.isIn(policy.getSpec())) {
                var rules = rules(policy, direction);
                selected(policy).stream().forEach(role -> rulesOf.computeIfAbsent(role, _ -> new ArrayList<>())
                        .addAll(rules));
            }
        }
        var allowed = new ArrayList<Optional<PortSet[]>>();
        for (var role = 0; role < cast.roles().size(); role++) {
            allowed.add(Optional.ofNullable(rulesOf.get(role)).map(towards(role, direction)));
        }
        return allowed;
    }

    private Function<List<Rule>, PortSet[]> towards(int self, Direction direction) {
        return rules -> {
            var ports = new PortSet[cast.roles().size()];
            Arrays.fill(ports, PortSet.NONE);
            for (var rule : rules) {
                rule.peers.stream().forEach(peer -> {
                    var callee = cast.roles().get(direction == Direction.INGRESS ? self : peer);
                    ports[peer] = ports[peer].or(ports(rule.ports, callee));
                });
            }
            return ports;
        };
    }

    private BitSet selected(NetworkPolicy policy) {
        return cast.pods(
                only(policy.getMetadata().getNamespace()),
                orEvery(policy.getSpec().getPodSelector()));
    }

    private List<Rule> rules(NetworkPolicy policy, Direction direction) {
        var home = policy.getMetadata().getNamespace();
        return switch (direction) {
            case INGRESS ->
                policy.getSpec().getIngress().stream()
                        .map(rule -> new Rule(peers(home, rule.getFrom()), rule.getPorts()))
                        .toList();
            case EGRESS ->
                policy.getSpec().getEgress().stream()
                        .map(rule -> new Rule(peers(home, rule.getTo()), rule.getPorts()))
                        .toList();
        };
    }

    /** No peer named: everybody. */
    private BitSet peers(String home, List<NetworkPolicyPeer> peers) {
        var found = new BitSet();
        if (peers.isEmpty()) {
            found.set(0, cast.roles().size());
        }
        found.or(cast.at(network(peers)));
        peers.stream().filter(Perimeter::meansPods).forEach(peer -> found.or(pods(home, peer)));
        return found;
    }

    private static boolean meansPods(NetworkPolicyPeer peer) {
        return peer.getIpBlock() == null && (peer.getNamespaceSelector() != null || peer.getPodSelector() != null);
    }

    private BitSet pods(String home, NetworkPolicyPeer peer) {
        return cast.pods(
                Objects.requireNonNullElseGet(peer.getNamespaceSelector(), () -> only(home)),
                orEvery(peer.getPodSelector()));
    }

    private static LabelSelector only(String namespace) {
        return new LabelSelectorBuilder()
                .addToMatchLabels(Selecting.NAMESPACE_NAME, namespace)
                .build();
    }

    private static LabelSelector orEvery(@Nullable LabelSelector selector) {
        return selector == null ? new LabelSelector() : selector;
    }

    private static PortSet ports(List<NetworkPolicyPort> ports, Role callee) {
        return ports.isEmpty()
                ? PortSet.ALL
                : PortSet.union(ports.stream().map(port -> port(port, callee)).toList());
    }

    /** A name is looked up at the callee, and opens nothing where it isn't known. */
    private static PortSet port(NetworkPolicyPort rule, Role callee) {
        var protocol = rule.getProtocol() == null ? Protocol.TCP : Protocol.valueOf(rule.getProtocol());
        var port = rule.getPort();
        if (port == null) {
            return PortSet.range(protocol, 1, PortSet.HIGHEST);
        }
        if (port.getIntVal() != null) {
            var last = rule.getEndPort() == null ? port.getIntVal() : rule.getEndPort();
            return PortSet.range(protocol, port.getIntVal(), last);
        }
        return callee.party() instanceof Endpoint endpoint ? endpoint.named(protocol, port.getStrVal()) : PortSet.NONE;
    }
}
