package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.AllowedEdge;
import dev.bulkhead.api.v1alpha1.EgressEdge;
import dev.bulkhead.api.v1alpha1.Permission;
import dev.bulkhead.api.v1alpha1.PlatformPeer;
import dev.bulkhead.api.v1alpha1.PortTarget;
import dev.bulkhead.api.v1alpha1.WorkloadPeer;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.cluster.Capabilities.ApiServer;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.NetworkSlice;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.EgressLimit;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The holes of one NetworkPolicySet. Sets only ever open; every policy carries its set's name at the end, so that two
 * sets that open the same thing don't meet, and one can go without closing it.
 *
 * <p>{@code enforcement: Audit} changes nothing here: a NetworkPolicy can't try out a refusal, and the default deny is
 * the environment's, not the set's. Taking a deny away in order to watch would open what nobody asked for.
 */
final class SetEdges {

    /** The port that workloads name when it shows metrics. */
    private static final String METRICS_PORT = "metrics";

    private static final String BY = "by";

    private final Blueprint blueprint;
    private final NetworkSlice set;
    private final Policies policies;
    private final Mesh mesh;

    SetEdges(Blueprint blueprint, NetworkSlice set) {
        this.blueprint = blueprint;
        this.set = set;
        this.policies = new Policies(blueprint, set.origin());
        this.mesh = new Mesh(blueprint);
    }

    Stream<Entry> entries() {
        return Stream.of(allowed(), egress(), ingress(), metrics(), apiServer())
                .flatMap(entries -> entries)
                .collect(Collectors.toMap(Entry::ref, entry -> entry, (one, _) -> one, TreeMap::new))
                .values()
                .stream();
    }

    private Stream<Entry> allowed() {
        return set.spec().allow().stream()
                .flatMap(edge -> workloads(edge.from()).flatMap(caller -> allowed(caller, edge)));
    }

    private Stream<Entry> allowed(WorkloadSlice caller, AllowedEdge edge) {
        var to = edge.to();
        return new Edge(blueprint, to.workload(), to.port())
                .from(
                        policies,
                        caller,
                        says("%s may call %s on port %s".formatted(caller.name(), to.workload(), to.port())),
                        BY,
                        set.resource());
    }

    /** The class may have been tightened since the set was accepted: then nothing is open any more. */
    private Stream<Entry> egress() {
        var limit = EgressLimit.of(blueprint.environmentClass().egress());
        return set.spec().egress().stream()
                .filter(edge ->
                        !edge.ports().isEmpty() && limit.allowsCidr(edge.to().cidr()))
                .flatMap(edge -> workloads(edge.from()).map(caller -> egress(caller, edge)));
    }

    private Entry egress(WorkloadSlice caller, EgressEdge edge) {
        var ports = new TreeSet<>(edge.ports());
        var block = edge.to();
        var except = new TreeSet<>(block.except());
        var content = ContentHash.of(List.of(
                block.cidr(),
                except.toString(),
                ports.toString(),
                edge.protocol().name()));
        return policies.egress(
                caller,
                name(caller.name(), "to-cidr", content),
                says("%s may call %s on %s %s"
                        .formatted(caller.name(), block.cidr(), edge.protocol(), commas(ports.stream()))),
                List.of(new Peer.Addresses(block.cidr(), List.copyOf(except))),
                ports.stream().map(port -> new WirePort(edge.protocol(), port)).toList());
    }

    /** The ingress controller has no proxy of the mesh, so that it comes in on the app's own port. */
    private Stream<Entry> ingress() {
        var platform = set.spec().platform();
        return platform == null || platform.ingress() == null
                ? Stream.empty()
                : platform.ingress().to().stream().flatMap(this::ingress);
    }

    private Stream<Entry> ingress(PortTarget to) {
        return blueprint.workload(to.workload()).stream().flatMap(workload -> ports(workload, to.port())
                .map(port -> policies.ingress(
                        workload,
                        name(workload.name(), "from-ingress", port.name()),
                        says("the ingress controller may call %s on port %s".formatted(workload.name(), port.name())),
                        pods(blueprint.environmentClass().platform().ingress()),
                        List.of(WirePort.of(port)))));
    }

    private Stream<Entry> metrics() {
        var platform = set.spec().platform();
        return platform == null || platform.metrics() == Permission.Deny
                ? Stream.empty()
                : blueprint.workloads().stream().flatMap(this::metrics);
    }

    private Stream<Entry> metrics(WorkloadSlice workload) {
        var open = Stream.concat(ports(workload, METRICS_PORT).map(WirePort::of), mesh.metricsPorts(workload).stream())
                .toList();
        return open.isEmpty()
                ? Stream.empty()
                : Stream.of(policies.ingress(
                        workload,
                        name(workload.name(), "from-metrics"),
                        says("the platform may read the metrics of %s".formatted(workload.name())),
                        pods(blueprint.environmentClass().platform().metrics()),
                        open));
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
                                .map(server -> single(server.address()))
                                .toList(),
                        List.of(WirePort.tcp(servers.getKey()))));
    }

    private static Peer single(String address) {
        return new Peer.Addresses(address + (address.contains(":") ? "/128" : "/32"), List.of());
    }

    private static List<Peer> pods(PlatformPeer peer) {
        return List.of(new Peer.Pods(peer.namespace(), peer.podLabels()));
    }

    private Stream<WorkloadSlice> workloads(List<WorkloadPeer> peers) {
        return peers.stream().map(WorkloadPeer::workload).distinct().flatMap(name -> blueprint.workload(name).stream());
    }

    private static Stream<WorkloadPort> ports(WorkloadSlice workload, String name) {
        return workload.spec().ports().stream().filter(port -> port.name().equals(name));
    }

    private String name(String... parts) {
        return Names.dotted(
                Stream.concat(Stream.of(parts), Stream.of(BY, set.resource())).toArray(String[]::new));
    }

    private String says(String edge) {
        return "%s (NetworkPolicySet %s)".formatted(edge, set.resource());
    }

    private static String commas(Stream<Integer> ports) {
        return ports.map(Object::toString).collect(Collectors.joining(", "));
    }
}
