package dev.bulkhead.it.mesh;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.network.reach.Access;
import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Matrix;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request that one pod sends to another, by the names of what they are of: {@code web/frontend}. */
record Crossing(String from, String to, Door door, String path) implements Comparable<Crossing> {

    /** Who sends requests. The last has no proxy. */
    static final List<String> CALLERS = List.of("web/frontend", "web/reporter", "web/other", "outside/stranger");

    static final String API = "web/api";

    /** Whom nothing protects, so that it shows whether a stranger can call at all. */
    static final String NEIGHBOUR = "outside/neighbour";

    static final String PROBE = "/healthz";
    static final List<String> PATHS = List.of("/", "/echo", PROBE);

    /** A port of the test service, and the Service's that leads there. */
    enum Door {
        HTTP(80, 8080),
        SIDE(81, 9090);

        private final int front;
        private final int port;

        Door(int front, int port) {
            this.front = front;
            this.port = port;
        }

        int front() {
            return front;
        }
    }

    static Set<Crossing> all() {
        var towardsApi = CALLERS.stream().flatMap(from -> Stream.of(Door.values())
                .flatMap(door -> PATHS.stream().map(path -> new Crossing(from, API, door, path))));
        var towardsNeighbour = CALLERS.stream().map(from -> new Crossing(from, NEIGHBOUR, Door.HTTP, "/"));
        return Stream.concat(towardsApi, towardsNeighbour).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that get through, as the matrix has it. */
    static Set<Crossing> open(Matrix matrix, Places places) {
        return all().stream()
                .filter(crossing -> crossing.access(matrix, places).requests().contains("GET", crossing.path))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Access access(Matrix matrix, Places places) {
        return matrix.between(pods(matrix, places.of(from)), pods(matrix, places.of(to))).edges().stream()
                .filter(edge -> edge.ports().contains(Protocol.TCP, door.port))
                .map(Edge::access)
                .reduce(Access.NONE, Access::or);
    }

    private static List<Endpoint> pods(Matrix matrix, String id) {
        var pods = matrix.parties().stream()
                .filter(Endpoint.class::isInstance)
                .map(Endpoint.class::cast)
                .filter(pod -> pod.id().equals(id))
                .toList();
        if (pods.isEmpty()) {
            throw new AssertionError("the matrix knows no " + id);
        }
        return pods;
    }

    @Override
    public int compareTo(Crossing other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return "%s -> %s:%d GET %s".formatted(from, to, door.port, path);
    }
}
