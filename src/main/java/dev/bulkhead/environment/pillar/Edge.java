package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.HttpMatch;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.TrafficBackend;
import dev.bulkhead.api.v1alpha1.Transport;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One workload may call a port of another. What is made of it is named from the side on which it is: {@code
 * frontend.to.api.http} where frontend is, {@code api.from.frontend.http} where api is.
 *
 * @param origin the resource that asks for it
 * @param suffix the end of its names, so that two resources that ask for one edge don't meet
 * @param transport as it is asked for; null: as good as it gets
 * @param http the requests that it is for; empty: all
 */
record Edge(
        WorkloadSlice caller,
        WorkloadSlice callee,
        WorkloadPort port,
        Origin origin,
        String says,
        List<String> suffix,
        @Nullable Transport transport,
        List<HttpMatch> http) {

    /**
     * Of all resources of an environment, and those that follow from them. An edge to what is gone, or to a port that is
     * gone, isn't there. Neither is one that can't be proved any more as it should be: it isn't weakened.
     */
    static Stream<Edge> of(Blueprint blueprint) {
        var mesh = new Mesh(blueprint);
        return Stream.concat(
                        blueprint.workloads().stream().flatMap(caller -> new CallEdges(blueprint, caller).edges()),
                        blueprint.networks().stream().flatMap(set -> new SetEdges(blueprint, set).edges()))
                .flatMap(edge -> Stream.concat(Stream.of(edge), edge.sentOn(blueprint)))
                .filter(edge -> edge.transport != Transport.MutualTLS || mesh.proves(edge.caller, edge.callee));
    }

    /** The caller's proxy follows the routes of who is called, so that its packets go to their backends instead. */
    private Stream<Edge> sentOn(Blueprint blueprint) {
        var traffic = callee.spec().traffic();
        if (traffic == null || !new Mesh(blueprint).joins(caller, callee)) {
            return Stream.empty();
        }
        return traffic.routes().stream()
                .filter(route -> route.port().equals(port.name()))
                .flatMap(route -> route.backends().stream())
                .map(TrafficBackend::workload)
                .distinct()
                .filter(backend -> !backend.equals(callee.name()))
                .flatMap(backend -> blueprint.workload(backend).stream())
                .flatMap(backend -> port(backend, port.name()).stream().map(open -> via(backend, open)));
    }

    private Edge via(WorkloadSlice backend, WorkloadPort open) {
        return new Edge(
                caller,
                backend,
                open,
                origin,
                "%s, and a route of %s sends it to %s".formatted(says, callee.name(), backend.name()),
                Stream.concat(suffix.stream(), Stream.of("via", callee.name())).toList(),
                transport,
                http);
    }

    static Optional<WorkloadPort> port(WorkloadSlice callee, String name) {
        return callee.spec().ports().stream()
                .filter(port -> port.name().equals(name))
                .findFirst();
    }

    String nameAtCaller() {
        return name(caller.name(), "to", callee.name());
    }

    String nameAtCallee() {
        return name(callee.name(), "from", caller.name());
    }

    private String name(String here, String direction, String there) {
        return Names.dotted(Stream.concat(Stream.of(here, direction, there, port.name()), suffix.stream())
                .toArray(String[]::new));
    }

    boolean isTcp() {
        return port.protocol() == Protocol.TCP;
    }

    boolean isFor(WorkloadSlice workload, int containerPort) {
        return isTcp() && callee.equals(workload) && port.containerPort() == containerPort;
    }

    /** This one and another between the same two, by the same resource: what either opens. */
    Edge or(Edge other) {
        var all = http.isEmpty() || other.http.isEmpty()
                ? List.<HttpMatch>of()
                : Stream.concat(http.stream(), other.http.stream()).distinct().toList();
        var weaker = Stream.of(Optional.ofNullable(transport), Optional.ofNullable(other.transport))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
        return new Edge(caller, callee, port, origin, says, suffix, weaker.orElse(null), all);
    }
}
