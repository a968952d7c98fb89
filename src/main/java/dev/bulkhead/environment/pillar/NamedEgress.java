package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.EgressEdge;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.EgressLimit;
import inet.ipaddr.IPAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Egress to names, as far as the mesh keeps to them: where it can tell by the name which connection is meant, what no name
 * covers is refused. A namespace has one such wall for all of its pods, so that it stands only where everything that goes
 * out can be told; a wall without its gates would block what is allowed.
 */
public final class NamedEgress {

    private static final String NAME = "named-egress";
    private static final int HTTP = 80;
    private static final int TLS = 443;
    private static final Set<Integer> TOLD = Set.of(HTTP, TLS);

    private final Blueprint blueprint;
    private final TargetNamespace namespace;

    private NamedEgress(Blueprint blueprint, TargetNamespace namespace) {
        this.blueprint = blueprint;
        this.namespace = namespace;
    }

    private record Named(String host, int port) {}

    static Stream<Entry> in(Blueprint blueprint, TargetNamespace namespace) {
        var egress = new NamedEgress(blueprint, namespace);
        return egress.isAsked() && egress.obstacle().isEmpty() ? egress.entries() : Stream.empty();
    }

    /** Whether a set of an environment names domains. */
    public static boolean isAskedIn(Blueprint blueprint) {
        return blueprint.namespaces().stream().anyMatch(it -> new NamedEgress(blueprint, it).isAsked());
    }

    /** Why nobody keeps to the names. */
    public static Optional<String> obstacleIn(Blueprint blueprint) {
        return blueprint.namespaces().stream()
                .map(it -> new NamedEgress(blueprint, it))
                .filter(NamedEgress::isAsked)
                .flatMap(it -> it.obstacle().stream())
                .findFirst();
    }

    private boolean isAsked() {
        return edges().anyMatch(edge -> edge.to().cidr() == null);
    }

    private Optional<String> obstacle() {
        var readable = new EgressWords(blueprint.capabilities());
        if (!blueprint.meshed()) {
            return Optional.of("the environment has no mesh");
        }
        if (readable.obstacle().isPresent()) {
            return readable.obstacle();
        }
        var outside = callers()
                .filter(it -> !new Mesh(blueprint).has(it))
                .map(WorkloadSlice::name)
                .findFirst();
        if (outside.isPresent()) {
            return outside.map("workload %s has no proxy of the mesh"::formatted);
        }
        return named().stream()
                .filter(it -> !TOLD.contains(it.port))
                .findFirst()
                .map(it -> "whether what goes to %s on port %d tells its name isn't known; on 80 and 443 it does"
                        .formatted(it.host, it.port));
    }

    private Stream<Entry> entries() {
        var words = new MeshWords(blueprint, namespace.name());
        var wall = words.object(
                Kind.EGRESS_NETWORK,
                Level.DENY,
                blueprint.origin(),
                NAME,
                "what goes out has a name that is allowed",
                Map.of("trafficPolicy", "Deny", "networks", networks()));
        var byPort = named().stream()
                .collect(Collectors.groupingBy(
                        Named::port,
                        TreeMap::new,
                        Collectors.mapping(Named::host, Collectors.toCollection(TreeSet::new))));
        return Stream.concat(
                Stream.of(wall),
                byPort.entrySet().stream()
                        .map(it -> words.object(
                                it.getKey() == HTTP
                                        ? Kind.HTTP_ROUTE
                                        : new EgressWords(blueprint.capabilities()).tlsRoute(),
                                Level.AUTHORIZATION,
                                blueprint.origin(),
                                Names.dotted(NAME, it.getKey().toString()),
                                "%s on port %d".formatted(String.join(", ", it.getValue()), it.getKey()),
                                route(it.getKey(), List.copyOf(it.getValue())))));
    }

    private static Map<String, Object> route(int port, List<String> hosts) {
        var reference = Map.of(
                "group", Kind.EGRESS_NETWORK.group(), "kind", Kind.EGRESS_NETWORK.kind(), "name", NAME, "port", port);
        return Map.of(
                "hostnames",
                hosts,
                "parentRefs",
                List.of(reference),
                "rules",
                List.of(Map.of("backendRefs", List.of(reference))));
    }

    /** What NetworkPolicies let out by name: everything public but what they let out by address. */
    private List<Map<String, Object>> networks() {
        var byAddress = Stream.concat(
                        edges().flatMap(edge -> Stream.ofNullable(edge.to().cidr())),
                        blueprint.capabilities().apiServers().stream().map(it -> it.address()))
                .flatMap(it -> EgressLimit.address(it).stream())
                .toList();
        return CallEdges.PUBLIC_BLOCKS.entrySet().stream()
                .map(block -> Map.<String, Object>of(
                        "cidr",
                        block.getKey(),
                        "except",
                        Stream.concat(block.getValue().stream(), within(block.getKey(), byAddress))
                                .distinct()
                                .sorted()
                                .toList()))
                .toList();
    }

    private static Stream<String> within(String block, List<IPAddress> parts) {
        var whole = EgressLimit.address(block).orElseThrow();
        return parts.stream().filter(whole::contains).map(it -> it.isPrefixed() ? it.toString() : single(it));
    }

    private static String single(IPAddress address) {
        return address + (address.isIPv4() ? "/32" : "/128");
    }

    /** Those of sets, and what the workloads of the namespace call themselves. */
    private Set<Named> named() {
        var limit = EgressLimit.of(blueprint.environmentClass().egress());
        var ofSets = edges().filter(edge -> limit.allows(edge.to())).flatMap(edge -> edge.to().domains().stream()
                .flatMap(host -> edge.ports().stream().map(port -> new Named(host, port))));
        var ofWorkloads = here().flatMap(workload -> workload.spec().calls().stream())
                .filter(call -> call.host() != null && limit.allowsHost(call.host()))
                .map(call -> new Named(call.host(), call.port().getIntVal()));
        return Stream.concat(ofSets, ofWorkloads).collect(Collectors.toSet());
    }

    /** That begin in this namespace. */
    private Stream<EgressEdge> edges() {
        return blueprint.networks().stream()
                .flatMap(set -> set.spec().egress().stream())
                .filter(edge -> edge.from().stream()
                        .anyMatch(peer -> here().anyMatch(it -> it.name().equals(peer.workload()))));
    }

    private Stream<WorkloadSlice> callers() {
        return here().filter(workload -> edges().filter(edge -> edge.to().cidr() == null)
                .anyMatch(edge ->
                        edge.from().stream().anyMatch(peer -> peer.workload().equals(workload.name()))));
    }

    private Stream<WorkloadSlice> here() {
        return blueprint.workloads().stream().filter(it -> it.namespace().equals(namespace.name()));
    }
}
