package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.pillar.Admission.Account;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@link Isolation} says in NetworkPolicies, said to the mesh: each port of a meshed workload refuses, and each edge
 * lets its caller in by name. Only where the mesh listens; elsewhere NetworkPolicies stand alone.
 */
public final class Authorizations implements Pillar {

    /** What the proxies show about themselves. */
    private static final String PROXY_ADMIN = "linkerd-admin";

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        var mesh = new Mesh(blueprint);
        if (!mesh.authorizes()) {
            return Stream.empty();
        }
        var edges = Edge.of(blueprint).filter(Edge::isTcp).collect(Collectors.groupingBy(edge -> edge.callee()
                .name()));
        var admissions = blueprint.networks().stream()
                .flatMap(set -> new SetEdges(blueprint, set).admissions())
                .collect(Collectors.groupingBy(admission -> admission.workload().name()));
        var gates = blueprint.workloads().stream()
                .filter(mesh::has)
                .flatMap(workload -> gates(
                        blueprint,
                        workload,
                        edges.getOrDefault(workload.name(), List.of()),
                        admissions.getOrDefault(workload.name(), List.of())));
        return Stream.of(
                gates.flatMap(Gate::entries),
                blueprint.namespaces().stream().flatMap(namespace -> proxies(blueprint, namespace)),
                blueprint.namespaces().stream().flatMap(namespace -> NamedEgress.in(blueprint, namespace)))
                .flatMap(entries -> entries)
                // Several let everybody in.
                .collect(Collectors.toMap(Entry::ref, entry -> entry, (one, _) -> one, TreeMap::new))
                .values()
                .stream();
    }

    private static Stream<Gate> gates(
            Blueprint blueprint, WorkloadSlice workload, List<Edge> edges, List<Admission> admissions) {
        var ports = workload.spec().ports().stream()
                .filter(port -> port.protocol() == Protocol.TCP)
                .collect(Collectors.groupingBy(WorkloadPort::containerPort, TreeMap::new, Collectors.toList()));
        return ports.entrySet().stream()
                .map(port -> new Gate(
                        blueprint,
                        workload,
                        port.getValue(),
                        edges.stream()
                                .filter(it -> it.isFor(workload, port.getKey()))
                                .toList(),
                        admissions.stream()
                                .filter(it -> it.isFor(workload, port.getKey()))
                                .toList()));
    }

    /** The metrics of the proxies themselves, which the mesh's own default would refuse to anybody without a proxy. */
    private static Stream<Entry> proxies(Blueprint blueprint, TargetNamespace namespace) {
        var sets = blueprint.networks().stream()
                .map(set -> new SetEdges(blueprint, set))
                .filter(SetEdges::showsMetrics)
                .toList();
        var words = new MeshWords(blueprint, namespace.name());
        var meshed = blueprint.workloads().stream()
                .anyMatch(it -> it.namespace().equals(namespace.name()) && new Mesh(blueprint).has(it));
        if (sets.isEmpty() || !meshed) {
            return Stream.empty();
        }
        var server = words.server(
                blueprint.origin(),
                PROXY_ADMIN,
                "proxies show what is authorized",
                Map.of("matchExpressions", List.of(Map.of("key", Mesh.INJECTED, "operator", "Exists"))),
                PROXY_ADMIN,
                "HTTP/1");
        return Stream.concat(Stream.of(server), sets.stream().flatMap(set -> collector(words, set)));
    }

    private static Stream<Entry> collector(MeshWords words, SetEdges set) {
        var name = set.name(PROXY_ADMIN, "from-metrics");
        var says = set.says("the platform may read the metrics of proxies");
        var account = Account.of(words.blueprint().environmentClass().platform().metrics());
        var who = account == null ? words.everybody() : words.account(set.origin(), name, says, account);
        return Stream.of(
                who,
                words.policy(
                        set.origin(),
                        name,
                        says,
                        Kind.SERVER,
                        PROXY_ADMIN,
                        who.ref().name()));
    }
}
