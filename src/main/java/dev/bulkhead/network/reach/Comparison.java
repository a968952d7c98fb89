package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Transport;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is, against what was wanted.
 *
 * @param missing wanted, and doesn't get through
 * @param unproved wanted with mutual TLS, and gets through without
 * @param extra gets through, and nobody wanted it
 * @param probes gets through because the kubelet has to probe; it does for everybody whose packets arrive
 * @param nodes what a node reaches; as a NetworkPolicy never refuses the callee's own node, only the mesh can
 */
public record Comparison(List<Gap> missing, List<Gap> unproved, List<Edge> extra, List<Edge> probes, List<Edge> nodes) {

    /** A part of an intent that isn't fulfilled. */
    public record Gap(Intent intent, PortSet ports, Access access) {

        public String inWords() {
            return "%s -> %s: %s"
                    .formatted(
                            intent.from().inWords(), intent.to().inWords(), (ports + " " + access.inWords()).strip());
        }
    }

    static Comparison of(List<Edge> edges, List<Intent> intents) {
        var meant = new Meant(edges, intents);
        var surplus = edges.stream()
                .flatMap(edge -> surplus(edge, meant.intents(edge)))
                .toList();
        Predicate<Edge> node = edge -> edge.from().onNode();
        return new Comparison(
                intents.stream()
                        .flatMap(intent -> missing(intent, meant.edges(intent)))
                        .toList(),
                intents.stream()
                        .flatMap(intent -> unproved(intent, meant.edges(intent)))
                        .toList(),
                surplus.stream()
                        .filter(edge -> !edge.isProbe() && !node.test(edge))
                        .toList(),
                surplus.stream().filter(Edge::isProbe).toList(),
                surplus.stream()
                        .filter(edge -> !edge.isProbe() && node.test(edge))
                        .toList());
    }

    private static Stream<Gap> missing(Intent intent, List<Edge> there) {
        var gaps = Stream.<Gap>builder();
        var left = intent.ports();
        for (var edge : there) {
            var common = edge.ports().and(left);
            left = left.without(common);
            var lacking = intent.access().without(edge.access());
            if (!common.isEmpty() && !lacking.isEmpty()) {
                gaps.add(new Gap(intent, common, lacking));
            }
        }
        return (left.isEmpty() ? gaps : gaps.add(new Gap(intent, left, intent.access()))).build();
    }

    private static Stream<Gap> unproved(Intent intent, List<Edge> there) {
        return there.stream()
                .filter(edge -> intent.transport() == Transport.MutualTLS && !edge.mutualTls())
                .filter(edge -> edge.ports().meets(intent.ports()))
                .map(edge -> new Gap(intent, edge.ports().and(intent.ports()), intent.access()));
    }

    /** What is left of an edge when all that was wanted is taken away. */
    private static Stream<Edge> surplus(Edge edge, List<Intent> wanted) {
        var pieces = List.of(edge);
        for (var intent : wanted) {
            pieces = pieces.stream().flatMap(piece -> surplus(piece, intent)).toList();
        }
        return pieces.stream();
    }

    private static Stream<Edge> surplus(Edge edge, Intent wanted) {
        var common = edge.ports().and(wanted.ports());
        return Stream.of(
                        edge.only(edge.ports().without(common), edge.access()),
                        edge.only(common, edge.access().without(wanted.access())))
                .filter(piece -> !piece.ports().isEmpty() && !piece.access().isEmpty());
    }
}
