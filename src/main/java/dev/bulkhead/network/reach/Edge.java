package dev.bulkhead.network.reach;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That somebody reaches somebody.
 *
 * @param port the port as its container calls it; empty for ports that no container declares
 * @param ports the same in numbers
 * @param enforcedBy the layers that would refuse others here; none: nobody looks
 * @param mutualTls whether the mesh proves both ends to each other
 */
public record Edge(
        Party from, Party to, String port, PortSet ports, Access access, Set<Layer> enforcedBy, boolean mutualTls)
        implements Comparable<Edge> {

    private static final Comparator<Edge> ORDER = Comparator.comparing(Edge::from)
            .thenComparing(Edge::to)
            .thenComparing(edge -> edge.port.isEmpty())
            .thenComparing(edge -> edge.ports.toString())
            .thenComparing(edge -> edge.access.toString());

    /**
     * Whether a connection that stands outlives the edge. A NetworkPolicy only looks at new ones, a proxy at every
     * request.
     */
    public boolean outlivesACut() {
        return !enforcedBy.contains(Layer.L7);
    }

    /** Whether nothing gets through but what the kubelet asks for when it probes, which is open to everybody. */
    public boolean isProbe() {
        return to instanceof Endpoint callee
                && !access.raw()
                && ports.spans().stream()
                        .allMatch(span -> span.from() == span.to()
                                && access.requests()
                                        .without(callee.probed(span.from()))
                                        .isEmpty());
    }

    public String portInWords() {
        if (!port.isEmpty()) {
            return port;
        }
        if (ports.equals(PortSet.ALL)) {
            return "every port";
        }
        return to instanceof Endpoint callee ? undeclared(callee) : ports.toString();
    }

    private String undeclared(Endpoint callee) {
        var others = PortSet.ALL.without(callee.declared()).without(ports);
        return Proxy.OWN.or(others).equals(Proxy.OWN) ? "every other port" : "undeclared " + ports;
    }

    /** What gets through, in words, such as {@code http (8080) GET /v1/*}. */
    public String inWords() {
        return (portInWords() + " " + access.inWords()).strip();
    }

    /** Who would refuse others here: {@code L4 L7}. */
    public String enforcedInWords() {
        return enforcedBy.isEmpty()
                ? "nobody"
                : enforcedBy.stream().sorted().map(Layer::name).collect(Collectors.joining(" "));
    }

    /** The same on fewer ports, or for fewer requests. */
    Edge only(PortSet some, Access less) {
        return new Edge(from, to, port, some, less, enforcedBy, mutualTls);
    }

    @Override
    public int compareTo(Edge other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%s -> %s: %s".formatted(from, to, inWords());
    }
}
