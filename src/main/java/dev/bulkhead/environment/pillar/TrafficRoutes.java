package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.RouteMatch;
import dev.bulkhead.api.v1alpha1.TrafficBackend;
import dev.bulkhead.api.v1alpha1.TrafficRoute;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTPRoute for each port that has routes, read by the proxies of callers. It comes with what runs, so that who is sent
 * there is let in already.
 */
final class TrafficRoutes {

    private static final String EVERYTHING = "/";

    private final Rendering rendering;

    private TrafficRoutes(Rendering rendering) {
        this.rendering = rendering;
    }

    static Stream<Entry> of(Rendering rendering) {
        var routes = new TrafficRoutes(rendering);
        return rendering.spec().ports().stream().flatMap(port -> routes.route(port).stream());
    }

    private Optional<Entry> route(WorkloadPort port) {
        var rules = routes(port).flatMap(route -> rule(route, port).stream()).toList();
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(rendering.running(
                Kind.HTTP_ROUTE,
                Names.dotted(rendering.name(), "routes", port.name()),
                Map.of(
                        "parentRefs",
                        List.of(Map.of(
                                "group", "core", "kind", "Service", "name", rendering.name(), "port", port.port())),
                        "rules",
                        Stream.concat(rules.stream(), rest(port).stream()).toList())));
    }

    private Stream<TrafficRoute> routes(WorkloadPort port) {
        return Objects.requireNonNull(rendering.spec().traffic()).routes().stream()
                .filter(route -> route.port().equals(port.name()));
    }

    /** What no route matches would be answered with 404. */
    private Optional<Map<String, Object>> rest(WorkloadPort port) {
        return routes(port)
                        .anyMatch(route ->
                                route.match() == null && rule(route, port).isPresent())
                ? Optional.empty()
                : Optional.of(rule(null, List.of(reference(rendering.name(), port, 1))));
    }

    /** None when all who had a share are gone: the requests stay here then. */
    private Optional<Map<String, Object>> rule(TrafficRoute route, WorkloadPort port) {
        var there = route.backends().stream()
                .filter(backend -> target(backend, port).isPresent())
                .toList();
        return there.stream().noneMatch(backend -> backend.weight() > 0)
                ? Optional.empty()
                : Optional.of(rule(
                        route.match(),
                        there.stream()
                                .map(backend -> reference(
                                        backend.workload(),
                                        target(backend, port).orElseThrow(),
                                        backend.weight()))
                                .toList()));
    }

    private Optional<WorkloadPort> target(TrafficBackend backend, WorkloadPort port) {
        return rendering.blueprint().workload(backend.workload()).flatMap(workload -> workload.spec().ports().stream()
                .filter(it -> it.name().equals(port.name()))
                .findFirst());
    }

    private static Map<String, Object> rule(@Nullable RouteMatch match, List<Map<String, Object>> backends) {
        return Map.of("matches", List.of(match(match)), "backendRefs", backends);
    }

    private static Map<String, Object> match(@Nullable RouteMatch match) {
        var prefix = match == null || match.pathPrefix() == null ? EVERYTHING : match.pathPrefix();
        var written = new LinkedHashMap<String, Object>();
        written.put("path", Map.of("type", "PathPrefix", "value", prefix));
        if (match != null && match.method() != null) {
            written.put("method", match.method().name());
        }
        if (match != null && !match.headers().isEmpty()) {
            written.put(
                    "headers",
                    match.headers().stream()
                            .map(header -> Map.of("type", "Exact", "name", header.name(), "value", header.value()))
                            .toList());
        }
        return written;
    }

    private static Map<String, Object> reference(String service, WorkloadPort port, int weight) {
        return Map.of("group", "", "kind", "Service", "name", service, "port", port.port(), "weight", weight);
    }
}
