package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
            return "%s -> %s: %s".formatted(intent.from(), intent.to(), (ports + " " + access.inWords()).strip());
        }
    }

    private record Ids(String from, String to) {}

    static Comparison of(List<Edge> edges, List<Intent> intents) {
        var edgesOf = edges.stream().collect(Collectors.groupingBy(Comparison::ids));
        var intentsOf = intents.stream().collect(Collectors.groupingBy(intent -> new Ids(intent.from(), intent.to())));
        var missing = new ArrayList<Gap>();
        var unproved = new ArrayList<Gap>();
        for (var intent : intents) {
            var there = edgesOf.getOrDefault(new Ids(intent.from(), intent.to()), List.of());
            missing(intent, there).forEach(missing::add);
            unproved(intent, there).forEach(unproved::add);
        }
        var surplus = edges.stream()
                .flatMap(edge -> surplus(edge, wanted(intentsOf, edge)))
                .toList();
        Predicate<Edge> node = edge -> edge.from().onNode();
        return new Comparison(
                List.copyOf(missing),
                List.copyOf(unproved),
                surplus.stream()
                        .filter(edge -> !edge.isProbe() && !node.test(edge))
                        .toList(),
                surplus.stream().filter(Edge::isProbe).toList(),
                surplus.stream()
                        .filter(edge -> !edge.isProbe() && node.test(edge))
                        .toList());
    }

    private static Ids ids(Edge edge) {
        return new Ids(edge.from().id(), edge.to().id());
    }

    private static List<Intent> wanted(Map<Ids, List<Intent>> intents, Edge edge) {
        return intents.getOrDefault(ids(edge), List.of());
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
