package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.InboundPolicy;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.network.reach.Endpoint.Probing;
import dev.bulkhead.network.reach.Gate.Speech;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Linkerd's policy, worked out: what the proxy beside each endpoint does at each of its ports. */
final class Gates {

    private static final String CLUSTER_ONLY = "cluster-";

    private final Authorizations authorizations;
    private final List<Server> servers;

    Gates(World world, AddressSpace space) {
        this.authorizations = new Authorizations(world, space);
        this.servers = world.mesh("Server").map(Server::of).toList();
    }

    /** What the mesh tells apart by addresses. */
    static Stream<Network> networks(World world) {
        var facts = world.facts();
        var policies = Stream.concat(
                world.mesh("Server").map(server -> Fields.spec(server).text("accessPolicy")),
                world.endpoints().stream()
                        .map(endpoint -> endpoint.proxy().inbound().value()));
        var cluster = policies.anyMatch(policy -> policy.startsWith(CLUSTER_ONLY))
                ? Stream.of(Network.of(facts.clusterNetworks()))
                : Stream.<Network>empty();
        return Stream.of(
                        cluster,
                        Stream.of(Network.of(facts.probeNetworks())),
                        world.mesh("NetworkAuthentication").map(Authorizations::network))
                .flatMap(networks -> networks);
    }

    /** Without a proxy none. Else together they are all TCP ports, each once. */
    List<Gate> of(Party callee) {
        return callee instanceof Endpoint endpoint && endpoint.meshed() ? before(endpoint) : List.of();
    }

    private List<Gate> before(Endpoint callee) {
        var gates = new ArrayList<Gate>();
        var left = PortSet.TCP;
        for (var server : servers) {
            var ports = server.ports(callee);
            for (var span : ports.and(left).spans()) {
                gates.add(gate(server, callee, span.from()));
            }
            left = left.without(ports);
        }
        gates.addAll(unserved(callee, left));
        return gates;
    }

    private Gate gate(Server server, Endpoint callee, int port) {
        var access = server.spec().text("accessPolicy");
        var grants = Stream.concat(
                authorizations.onServer(server.object()).stream(),
                Arrays.stream(InboundPolicy.values())
                        .filter(policy -> policy.value().equals(access))
                        .flatMap(policy -> grants(policy).stream()));
        return gate(
                callee,
                PortSet.of(Protocol.TCP, port),
                Speech.of(server.spec().text("proxyProtocol")),
                grants.toList(),
                authorizations.routes(server.object()));
    }

    private Gate gate(Endpoint callee, PortSet ports, Speech speech, List<Grant> grants, Routing routing) {
        return new Gate(ports, speech, grants, routing, probes(callee, ports), authorizations.probing());
    }

    /** What a probe asks for by httpGet, the proxy lets through by itself. */
    private static Requests probes(Endpoint callee, PortSet ports) {
        return callee.probes().stream()
                .filter(probe -> probe.authorized() && ports.contains(Protocol.TCP, probe.port()))
                .map(Probing::requests)
                .reduce(Requests.NONE, Requests::or);
    }

    /** Ports without a Server: alike, but for those that are probed, opaque, or take nobody without an identity. */
    private List<Gate> unserved(Endpoint callee, PortSet left) {
        var proxy = callee.proxy();
        var probed = callee.probes().stream()
                .map(probe -> PortSet.of(Protocol.TCP, probe.port()))
                .collect(Collectors.toSet());
        var pieces = Stream.concat(probed.stream(), Stream.of(PortSet.TCP.without(PortSet.union(List.copyOf(probed)))));
        return pieces.map(piece -> piece.and(left))
                .flatMap(piece -> Stream.of(piece.and(proxy.opaque()), piece.without(proxy.opaque())))
                .flatMap(piece -> Stream.of(piece.and(proxy.requireIdentity()), piece.without(proxy.requireIdentity())))
                .filter(piece -> !piece.isEmpty())
                .map(piece -> gate(
                        callee,
                        piece,
                        piece.meets(proxy.opaque()) ? Speech.OPAQUE : Speech.DETECTED,
                        grants(piece.meets(proxy.requireIdentity()) ? authenticated(proxy.inbound()) : proxy.inbound()),
                        Routing.NONE))
                .toList();
    }

    private static InboundPolicy authenticated(InboundPolicy policy) {
        return switch (policy) {
            case ALL_UNAUTHENTICATED -> InboundPolicy.ALL_AUTHENTICATED;
            case CLUSTER_UNAUTHENTICATED -> InboundPolicy.CLUSTER_AUTHENTICATED;
            case ALL_AUTHENTICATED, CLUSTER_AUTHENTICATED, DENY, AUDIT -> policy;
        };
    }

    private List<Grant> grants(InboundPolicy policy) {
        return switch (policy) {
            case ALL_UNAUTHENTICATED, AUDIT -> List.of(authorizations.everywhere(Grant.NO_IDENTITY));
            case ALL_AUTHENTICATED -> List.of(authorizations.everywhere(Grant.ANY_IDENTITY));
            case CLUSTER_UNAUTHENTICATED -> List.of(authorizations.inCluster(Grant.NO_IDENTITY));
            case CLUSTER_AUTHENTICATED -> List.of(authorizations.inCluster(Grant.ANY_IDENTITY));
            case DENY -> List.of();
        };
    }
}
