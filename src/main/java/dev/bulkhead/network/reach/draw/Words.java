package dev.bulkhead.network.reach.draw;

import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Layer;
import java.util.stream.Collectors;

/** What the drawings say of an edge. */
final class Words {

    private Words() {}

    static String enforced(Edge edge) {
        return edge.enforcedBy().isEmpty()
                ? "nobody"
                : edge.enforcedBy().stream().sorted().map(Layer::name).collect(Collectors.joining(" "));
    }

    static String notes(Edge edge) {
        if (edge.isProbe()) {
            return "probe";
        }
        return edge.mutualTls() ? "mutual TLS" : "";
    }
}
