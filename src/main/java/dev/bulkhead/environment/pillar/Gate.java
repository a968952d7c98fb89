package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.Transport;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.ProxyProtocol;
import dev.bulkhead.network.RequestMatch;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One port of a meshed workload: a Server that refuses, and who is let in.
 *
 * <p>Who may make every request is let in at the Server. When somebody may make some only, or the kubelet asks in a way
 * that the mesh doesn't expect, requests are sorted by routes: one for whatever is asked for, one for each request of a
 * probe, one for all the rest.
 *
 * @param ports those that lead to it
 */
record Gate(
        Blueprint blueprint,
        WorkloadSlice workload,
        List<WorkloadPort> ports,
        List<Edge> edges,
        List<Admission> admissions) {

    Stream<Entry> entries() {
        var routes = routes();
        return Stream.of(
                        Stream.of(server()),
                        edges.stream().filter(edge -> edge.http().isEmpty()).flatMap(this::letIn),
                        admissions.stream().flatMap(this::letIn),
                        routes.stream().flatMap(this::route),
                        routes.isEmpty() ? Stream.<Entry>empty() : restricted().map(this::authentication))
                .flatMap(entries -> entries);
    }

    private Entry server() {
        return words().server(
                        workload.origin(),
                        name(),
                        "%s takes on port %d what is authorized".formatted(workload.name(), number()),
                        Map.of("matchLabels", workload.selector()),
                        number(),
                        protocol().value());
    }

    private Stream<Entry> letIn(Edge edge) {
        var who = authentication(edge);
        return Stream.of(
                who,
                words().policy(
                                edge.origin(),
                                edge.nameAtCallee(),
                                edge.says(),
                                Kind.SERVER,
                                name(),
                                who.ref().name()));
    }

    private Stream<Entry> letIn(Admission admission) {
        var who = words().caller(admission);
        return Stream.of(
                who,
                words().policy(
                                admission.origin(),
                                admission.name(),
                                admission.says(),
                                Kind.SERVER,
                                name(),
                                who.ref().name()));
    }

    /** By what the caller is known: by nothing, if it has no proxy or may come without. */
    private Entry authentication(Edge edge) {
        return edge.transport() == Transport.Plain || !new Mesh(blueprint).joins(edge.caller(), workload)
                ? words().everybody()
                : words().caller(edge);
    }

    private Stream<Edge> restricted() {
        return edges.stream().filter(edge -> !edge.http().isEmpty());
    }

    /** Empty: nobody sorts requests. */
    private List<RequestMatch> routes() {
        var probes = probes();
        var sorted = protocol() != ProxyProtocol.OPAQUE
                && new Mesh(blueprint).routes()
                && (restricted().findAny().isPresent() || !probes.goByThemselves());
        return sorted
                ? List.copyOf(RequestMatch.closure(
                        Stream.of(restricted().flatMap(Gate::requests), probes.all(), Stream.of(RequestMatch.ALL))
                                .flatMap(matches -> matches)
                                .toList()))
                : List.of();
    }

    private Stream<Entry> route(RequestMatch match) {
        var hash = ContentHash.of(List.of(match.toString()));
        var route = Names.dotted(workload.name(), Integer.toString(number()), hash);
        var callers = restricted()
                .filter(edge -> requests(edge).anyMatch(it -> it.covers(match)))
                .map(edge -> words().policy(
                                edge.origin(),
                                Names.dotted(edge.nameAtCallee(), hash),
                                "%s: %s".formatted(edge.says(), match),
                                Kind.HTTP_ROUTE,
                                route,
                                authentication(edge).ref().name()));
        return Stream.of(
                        Stream.of(words().route(
                                        workload.origin(),
                                        route,
                                        "%s of %s".formatted(match, workload.name()),
                                        name(),
                                        match)),
                        callers,
                        probes().all().anyMatch(it -> it.covers(match)) ? probe(route) : Stream.<Entry>empty())
                .flatMap(entries -> entries);
    }

    private Stream<Entry> probe(String route) {
        return Stream.of(
                words().everybody(),
                words().policy(
                                workload.origin(),
                                Names.dotted(route, "probe"),
                                "the kubelet asks %s whether it is well".formatted(workload.name()),
                                Kind.HTTP_ROUTE,
                                route,
                                MeshWords.EVERYBODY));
    }

    private static Stream<RequestMatch> requests(Edge edge) {
        return edge.http().stream().map(RequestMatch::of);
    }

    /** A probe that speaks HTTP shows what the port speaks. */
    private ProxyProtocol protocol() {
        var said = ports.stream()
                .map(ProxyProtocol::of)
                .filter(it -> it != ProxyProtocol.UNKNOWN)
                .findFirst()
                .orElse(ProxyProtocol.UNKNOWN);
        return said == ProxyProtocol.OPAQUE && probes().all().findAny().isPresent() ? ProxyProtocol.UNKNOWN : said;
    }

    private ProbeRequests probes() {
        return new ProbeRequests(workload.spec(), number());
    }

    private int number() {
        return ports.getFirst().containerPort();
    }

    private String name() {
        return Names.server(workload.name(), number());
    }

    private MeshWords words() {
        return new MeshWords(blueprint, workload.namespace());
    }
}
