package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.AllowedEdge;
import dev.bulkhead.api.v1alpha1.EgressEdge;
import dev.bulkhead.api.v1alpha1.Permission;
import dev.bulkhead.api.v1alpha1.WorkloadPeer;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.cluster.Capabilities.ApiServer;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.NetworkSlice;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.AddressBlocks;
import dev.bulkhead.network.EgressLimit;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one NetworkPolicySet opens. Sets only ever open; every policy carries its set's name at the end, so that two
 * sets that open the same thing don't meet, and one can go without closing it.
 *
 * <p>{@code enforcement: Audit} changes nothing here: a NetworkPolicy can't try out a refusal, and the default deny is
 * the environment's, not the set's. Taking a deny away in order to watch would open what nobody asked for.
 */
final class SetEdges {

    static final String BY = "by";

    private final Blueprint blueprint;
    private final NetworkSlice set;
    private final Policies policies;

    SetEdges(Blueprint blueprint, NetworkSlice set) {
        this.blueprint = blueprint;
        this.set = set;
        this.policies = new Policies(blueprint, set.origin());
    }

    Origin origin() {
        return set.origin();
    }

    /** Between workloads. What a set says twice of one edge is one edge. */
    Stream<Edge> edges() {
        return set.spec().allow().stream()
                .flatMap(edge -> workloads(edge.from()).flatMap(caller -> edge(caller, edge).stream()))
                .collect(Collectors.toMap(Edge::nameAtCallee, edge -> edge, Edge::or, TreeMap::new))
                .values()
                .stream();
    }

    private Optional<Edge> edge(WorkloadSlice caller, AllowedEdge edge) {
        var to = edge.to();
        return blueprint.workload(to.workload()).flatMap(callee -> Edge.port(callee, to.port())
                .map(port -> new Edge(
                        caller,
                        callee,
                        port,
                        set.origin(),
                        says("%s may call %s on port %s".formatted(caller.name(), to.workload(), to.port())),
                        List.of(BY, set.resource()),
                        edge.transport(),
                        edge.http())));
    }

    /** From the platform. */
    Stream<Admission> admissions() {
        var platform = set.spec().platform();
        return platform == null ? Stream.empty() : new Admissions(blueprint, this, platform).all();
    }

    /** The holes towards what is no workload. */
    Stream<Entry> entries() {
        return Stream.concat(egress(), apiServer())
                .collect(Collectors.toMap(Entry::ref, entry -> entry, (one, _) -> one, TreeMap::new))
                .values()
                .stream();
    }

    /** The class may have been tightened since the set was accepted: then nothing is open any more. */
    private Stream<Entry> egress() {
        var limit = EgressLimit.of(blueprint.environmentClass().egress());
        return set.spec().egress().stream()
                .filter(edge -> !edge.ports().isEmpty() && limit.allows(edge.to()))
                .flatMap(edge -> workloads(edge.from())
                        .map(caller -> edge.to().cidr() == null ? toDomains(caller, edge) : toCidr(caller, edge)));
    }

    private Entry toCidr(WorkloadSlice caller, EgressEdge edge) {
        var block = edge.to();
        var except = new TreeSet<>(block.except());
        return egress(
                caller,
                edge,
                "to-cidr",
                List.of(block.cidr(), except.toString()),
                block.cidr(),
                List.of(new Peer.Addresses(block.cidr(), List.copyOf(except))));
    }

    /** A NetworkPolicy knows no names. */
    private Entry toDomains(WorkloadSlice caller, EgressEdge edge) {
        var domains = new TreeSet<>(edge.to().domains());
        return egress(
                caller, edge, "to-domains", List.of(domains.toString()), String.join(", ", domains), CallEdges.PUBLIC);
    }

    private Entry egress(
            WorkloadSlice caller, EgressEdge edge, String kind, List<String> target, String says, List<Peer> to) {
        var ports = new TreeSet<>(edge.ports());
        var content = ContentHash.of(Stream.concat(
                        target.stream(),
                        Stream.of(ports.toString(), edge.protocol().name()))
                .toList());
        return policies.egress(
                caller,
                name(caller.name(), kind, content),
                says("%s may call %s on %s %s".formatted(caller.name(), says, edge.protocol(), commas(ports.stream()))),
                to,
                ports.stream().map(port -> new WirePort(edge.protocol(), port)).toList());
    }

    /** Whether the metrics of all workloads are open, and those of their proxies. */
    boolean showsMetrics() {
        var platform = set.spec().platform();
        return platform != null && platform.metrics() == Permission.Allow;
    }

    private Stream<Entry> apiServer() {
        var platform = set.spec().platform();
        return platform == null || platform.apiServer() == null
                ? Stream.empty()
                : workloads(platform.apiServer().from()).flatMap(this::apiServer);
    }

    /** One policy per port, since the addresses of a policy share its ports. */
    private Stream<Entry> apiServer(WorkloadSlice caller) {
        var byPort = blueprint.capabilities().apiServers().stream()
                .sorted((one, other) -> one.address().compareTo(other.address()))
                .collect(Collectors.groupingBy(ApiServer::port, TreeMap::new, Collectors.toList()));
        return byPort.entrySet().stream()
                .map(servers -> policies.egress(
                        caller,
                        name(caller.name(), "to-apiserver", servers.getKey().toString()),
                        says("%s may call the API server".formatted(caller.name())),
                        servers.getValue().stream()
                                .flatMap(server -> AddressBlocks.of(Stream.of(server.address())).stream())
                                .<Peer>map(block -> new Peer.Addresses(block, List.of()))
                                .toList(),
                        List.of(WirePort.tcp(servers.getKey()))));
    }

    private Stream<WorkloadSlice> workloads(List<WorkloadPeer> peers) {
        return peers.stream().map(WorkloadPeer::workload).distinct().flatMap(name -> blueprint.workload(name).stream());
    }

    String name(String... parts) {
        return Names.dotted(
                Stream.concat(Stream.of(parts), Stream.of(BY, set.resource())).toArray(String[]::new));
    }

    String says(String edge) {
        return "%s (NetworkPolicySet %s)".formatted(edge, set.resource());
    }

    private static String commas(Stream<Integer> ports) {
        return ports.map(Object::toString).collect(Collectors.joining(", "));
    }
}
