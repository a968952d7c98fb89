package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.network.reach.Gate.Speech;
import dev.bulkhead.network.reach.Grant.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who reaches whom: a call gets through where the caller's NetworkPolicies let its packets out, the callee's let them in,
 * and the proxy beside the callee, if there is one, authorizes it.
 */
public final class Reach {

    private final World world;
    private final AddressSpace space;
    private final Cast cast;
    private final Perimeter perimeter;
    private final List<List<Gate>> gates;
    private final List<PortSet> opaque;

    private Reach(World world, Collection<Network> more) {
        this.world = world;
        this.space = new AddressSpace(
                world.facts(),
                Stream.of(Perimeter.networks(world), Gates.networks(world), more.stream())
                        .flatMap(networks -> networks)
                        .toList());
        this.cast = new Cast(world, space);
        this.perimeter = new Perimeter(world, cast);
        var mesh = new Gates(world, space);
        this.gates = cast.parties().stream().map(mesh::of).toList();
        this.opaque = IntStream.range(0, gates.size())
                .mapToObj(party -> opaque(cast.parties().get(party), gates.get(party)))
                .toList();
    }

    public static Reach of(World world) {
        return new Reach(world, List.of());
    }

    /** Two worlds, with addresses parted in the same way, so that they can be compared. */
    static List<Reach> alike(World one, World other) {
        var networks = Stream.of(one, other)
                .flatMap(world -> Stream.concat(Perimeter.networks(world), Gates.networks(world)))
                .toList();
        return List.of(new Reach(one, networks), new Reach(other, networks));
    }

    /** The callee tells its callers what it doesn't want taken apart: by an annotation, or by a Server. */
    private static PortSet opaque(Party callee, List<Gate> gates) {
        var served = PortSet.union(gates.stream()
                .filter(gate -> gate.speech() == Speech.OPAQUE)
                .map(Gate::ports)
                .toList());
        return callee instanceof Endpoint endpoint ? served.or(endpoint.proxy().opaque()) : served;
    }

    public Matrix matrix() {
        var between = new HashMap<Long, Flows>();
        for (var from = 0; from < cast.roles().size(); from++) {
            for (var to = 0; to < cast.roles().size(); to++) {
                var open = perimeter.out(from, to).and(perimeter.in(from, to));
                if (!open.isEmpty() && (party(from) instanceof Endpoint || party(to) instanceof Endpoint)) {
                    between.computeIfAbsent(pair(from, to), _ -> new Flows()).add(flows(from, to, open));
                }
            }
        }
        return Matrix.of(
                cast.parties(),
                between.entrySet().stream()
                        .flatMap(entry -> edges(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private long pair(int from, int to) {
        return (long) cast.roles().get(from).number() * cast.parties().size()
                + cast.roles().get(to).number();
    }

    private Stream<Edge> edges(long pair, Flows flows) {
        var parties = cast.parties();
        return flows.edges(parties.get((int) (pair / parties.size())), parties.get((int) (pair % parties.size())));
    }

    /** What becomes of a call that isn't HTTP, or of HTTP requests, on one port. */
    public Verdict verdict(Party caller, Party callee, Protocol protocol, int number) {
        var port = PortSet.of(protocol, number);
        var found = new Found(port);
        for (var from : roles(caller)) {
            for (var to : roles(callee)) {
                var wire = PortSet.union(
                        wires(from, to).stream().map(it -> it.of(port)).toList());
                var out = perimeter.out(from, to).and(wire);
                var in = perimeter.in(from, to).and(wire);
                found.add(wire, out, in, flows(from, to, out.and(in)));
            }
        }
        return found.verdict();
    }

    private Party party(int role) {
        return cast.roles().get(role).party();
    }

    private List<Integer> roles(Party party) {
        return IntStream.range(0, cast.roles().size())
                .filter(role -> party(role).equals(party))
                .boxed()
                .toList();
    }

    private List<Wire> wires(int from, int to) {
        var intact = opaque.get(cast.roles().get(to).number());
        return Wire.between(party(from), party(to), intact, world.facts().transport());
    }

    /** What gets through, when packets on some ports do. */
    private List<Flow> flows(int from, int to, PortSet open) {
        var reached = PortSet.union(
                wires(from, to).stream().map(wire -> wire.reached(open)).toList());
        var guards = perimeter.guards(from, to) ? Set.of(Layer.L4) : Set.<Layer>of();
        if (!(party(to) instanceof Endpoint callee) || !callee.meshed()) {
            return List.of(new Flow(reached, Access.ALL, guards, false));
        }
        var tcp = reached.and(PortSet.TCP).without(Proxy.INNER);
        var past = tcp.and(callee.proxy().skipInbound());
        var flows = new ArrayList<Flow>();
        flows.add(new Flow(reached.without(PortSet.TCP).or(past), Access.ALL, guards, false));
        for (var gate : gates.get(cast.roles().get(to).number())) {
            var here = gate.ports().and(tcp).without(past);
            var unnamed =
                    party(from) instanceof Endpoint caller ? caller.proxy().skipOutbound() : PortSet.NONE;
            flows.add(flow(gate, here.without(unnamed), caller(from, true), guards));
            flows.add(flow(gate, here.and(unnamed), caller(from, false), guards));
        }
        return flows.stream().filter(flow -> !flow.isEmpty()).toList();
    }

    private Flow flow(Gate gate, PortSet ports, Caller caller, Set<Layer> guards) {
        if (ports.isEmpty()) {
            return Flow.NONE;
        }
        var layers = EnumSet.noneOf(Layer.class);
        layers.addAll(guards);
        if (gate.guards(space.size())) {
            layers.add(Layer.L7);
        }
        return new Flow(ports, gate.access(caller), layers, !caller.identity().isEmpty());
    }

    /** A caller is known to the mesh if its own proxy makes the call. */
    private Caller caller(int from, boolean byProxy) {
        var role = cast.roles().get(from);
        var identity = byProxy && role.party() instanceof Endpoint endpoint && endpoint.meshed()
                ? world.facts().identity(endpoint.namespace(), endpoint.serviceAccount())
                : "";
        return new Caller(identity, role.region());
    }
}
