package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.Call;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.EgressLimit;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one workload says that it calls. */
final class CallEdges {

    /**
     * What is not the internet. A NetworkPolicy knows addresses and not names, so a call to a host opens its port
     * towards every public address; what is private stays closed, and needs an egress entry that names its block.
     */
    static final Map<String, List<String>> PUBLIC_BLOCKS = Collections.unmodifiableMap(new TreeMap<>(Map.of(
            "0.0.0.0/0",
            List.of("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"),
            "::/0",
            List.of("fc00::/7", "fe80::/10"))));

    static final List<Peer> PUBLIC = PUBLIC_BLOCKS.entrySet().stream()
            .<Peer>map(block -> new Peer.Addresses(block.getKey(), block.getValue()))
            .toList();

    private final Blueprint blueprint;
    private final WorkloadSlice caller;
    private final Policies policies;
    private final EgressLimit limit;

    CallEdges(Blueprint blueprint, WorkloadSlice caller) {
        this.blueprint = blueprint;
        this.caller = caller;
        this.policies = new Policies(blueprint, caller.origin());
        this.limit = EgressLimit.of(blueprint.environmentClass().egress());
    }

    /** To workloads. */
    Stream<Edge> edges() {
        return caller.spec().calls().stream()
                .distinct()
                .filter(call -> call.workload() != null)
                .flatMap(call -> edge(call).stream());
    }

    private Optional<Edge> edge(Call call) {
        var port = call.port().getStrVal();
        return blueprint.workload(call.workload()).flatMap(callee -> Edge.port(callee, port)
                .map(open -> new Edge(
                        caller,
                        callee,
                        open,
                        caller.origin(),
                        "%s calls %s on port %s".formatted(caller.name(), call.workload(), port),
                        List.of(),
                        null,
                        List.of())));
    }

    /** The holes towards hosts. */
    Stream<Entry> entries() {
        return caller.spec().calls().stream()
                .distinct()
                .filter(call -> call.host() != null)
                .flatMap(this::toHost);
    }

    /** The class may have been tightened since the workload was accepted: then nothing is open any more. */
    private Stream<Entry> toHost(Call call) {
        if (!limit.allowsHost(call.host())) {
            return Stream.empty();
        }
        var port = call.port().getIntVal();
        var edge = "%s calls %s on port %d".formatted(caller.name(), call.host(), port);
        var name = Names.dotted(caller.name(), "to-host", call.host(), port.toString());
        return Stream.of(policies.egress(caller, name, edge, PUBLIC, List.of(WirePort.tcp(port))));
    }
}
