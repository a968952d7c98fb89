package dev.bulkhead.network.reach.draw;

import dev.bulkhead.network.reach.Edge;

/** What the drawings say of an edge. */
final class Words {

    private Words() {}

    static String notes(Edge edge) {
        if (edge.isProbe()) {
            return "probe";
        }
        return edge.mutualTls() ? "mutual TLS" : "";
    }
}
