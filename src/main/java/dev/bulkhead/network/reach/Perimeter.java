package dev.bulkhead.network.reach;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** NetworkPolicies, worked out: for every role in the cast what its own policies let out, or in. */
final class Perimeter {

    /** What somebody's policies allow towards each of the others, by their number; none: there is no policy. */
    private final List<Optional<PortSet[]>> out;

    private final List<Optional<PortSet[]>> in;
    private final Cast cast;
    private final Openings openings;

    Perimeter(World world, Cast cast) {
        this.cast = cast;
        this.openings = Openings.of(cast, world.facts().engine());
        this.out = allowed(world.policies(), Direction.EGRESS);
        this.in = allowed(world.policies(), Direction.INGRESS);
    }

    /** What the policies call by its addresses, rule by rule. */
    static Stream<Network> networks(World world) {
        var reading = Openings.reading(world.facts().engine());
        return world.policies().stream()
                .map(NetworkPolicy::getSpec)
                .flatMap(spec -> Stream.of(Direction.values()).flatMap(type -> type.rules(spec).stream()))
                .map(rule -> Peers.network(rule.peers(), reading));
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
        var openTo = new HashMap<Integer, List<Opening>>();
        var peers = new Peers(cast, Network.Reading.EACH);
        for (var policy : policies) {
            if (direction.isIn(policy.getSpec())) {
                var opened = openings.of(policy, direction).toList();
                peers.selected(policy).stream().forEach(role -> openTo.computeIfAbsent(role, _ -> new ArrayList<>())
                        .addAll(opened));
            }
        }
        var allowed = new ArrayList<Optional<PortSet[]>>();
        for (var role = 0; role < cast.roles().size(); role++) {
            allowed.add(Optional.ofNullable(openTo.get(role)).map(towards(role, direction)));
        }
        return allowed;
    }

    private Function<List<Opening>, PortSet[]> towards(int self, Direction direction) {
        return opened -> {
            var ports = new PortSet[cast.roles().size()];
            Arrays.fill(ports, PortSet.NONE);
            for (var opening : opened) {
                var inward = direction == Direction.INGRESS;
                var ours = inward ? opening.callees() : opening.callers();
                var others = inward ? opening.callers() : opening.callees();
                if (ours.get(self)) {
                    others.stream()
                            .forEach(other -> ports[other] =
                                    ports[other].or(opening.ports().apply(inward ? self : other)));
                }
            }
            return ports;
        };
    }
}
