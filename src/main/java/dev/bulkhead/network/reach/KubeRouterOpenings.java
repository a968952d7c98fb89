package dev.bulkhead.network.reach;

import dev.bulkhead.network.reach.Direction.Rule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * What a NetworkPolicy opens where kube-router enforces it, as measured with 2.10 on real packets. It differs from what
 * Kubernetes defines:
 *
 * <ul>
 *   <li>A rule between pods whose ports are all names that nobody has opens every port.
 *   <li>To addresses a port name opens nothing; to anybody it opens the numbers that it means in the policy's namespace.
 *   <li>The rules of a policy with both types count at both ends, among the pods that it selects.
 *   <li>Blocks of one rule are one set of addresses, in which the narrowest decides: an exception to one block cuts a
 *       hole into the others.
 * </ul>
 *
 * <p>In which order pods are listed also changes what a port name means to it, if pods call different ports by it; that
 * is by chance, and isn't said here.
 */
record KubeRouterOpenings(Cast cast, Peers peers) implements Openings {

    @Override
    public Stream<Opening> of(NetworkPolicy policy, Direction direction) {
        var both = Arrays.stream(Direction.values()).allMatch(type -> type.isIn(policy.getSpec()));
        return Stream.of(Direction.values())
                .filter(type -> both || type == direction)
                .flatMap(type -> type.rules(policy.getSpec()).stream().flatMap(rule -> switch (type) {
                    case INGRESS -> in(policy, rule);
                    case EGRESS -> out(policy, rule);
                }));
    }

    private Stream<Opening> in(NetworkPolicy policy, Rule rule) {
        var own = peers.selected(policy);
        var ports = new RulePorts(rule.ports());
        IntFunction<PortSet> here = callee -> ports.at(cast.roles().get(callee));
        if (rule.peers().isEmpty()) {
            return Stream.of(new Opening(peers.everybody(), own, here));
        }
        var pods = peers.pods(policy.getMetadata().getNamespace(), rule.peers());
        return Stream.of(
                new Opening(pods, own, orAll(ports, own, here)), new Opening(peers.at(rule.peers()), own, here));
    }

    private Stream<Opening> out(NetworkPolicy policy, Rule rule) {
        var own = peers.selected(policy);
        var home = policy.getMetadata().getNamespace();
        var ports = new RulePorts(rule.ports());
        if (rule.peers().isEmpty()) {
            var meant = meaning(ports, peers.of(home));
            return Stream.of(new Opening(own, peers.everybody(), _ -> meant));
        }
        var pods = peers.pods(home, rule.peers());
        var numbered = rule.ports().isEmpty() ? PortSet.ALL : ports.numbered();
        return Stream.of(
                new Opening(
                        own,
                        pods,
                        orAll(ports, pods, callee -> ports.at(cast.roles().get(callee)))),
                new Opening(own, peers.at(rule.peers()), _ -> numbered));
    }

    private IntFunction<PortSet> orAll(RulePorts ports, BitSet callees, IntFunction<PortSet> here) {
        return meaning(ports, callees).isEmpty() ? Opening.ALL_PORTS : here;
    }

    /** All that the ports mean to some of these callees. */
    private PortSet meaning(RulePorts ports, BitSet callees) {
        return PortSet.union(Stream.concat(
                        Stream.of(ports.ports().isEmpty() ? PortSet.ALL : ports.numbered()),
                        callees.stream()
                                .mapToObj(callee -> ports.at(cast.roles().get(callee))))
                .toList());
    }
}
