package dev.bulkhead.network.reach.draw;

import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Layer;
import dev.bulkhead.network.reach.Matrix;
import dev.bulkhead.network.reach.Party;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A picture: callers in rows, callees in columns, a field for each pair, dark where both layers hold it. */
public final class Svg implements Drawing {

    private static final int FIELD = 22;
    private static final int LETTER = 7;
    private static final int MARGIN = 10;

    private record Ends(String from, String to) {}

    @Override
    public String of(Matrix matrix) {
        var callers =
                matrix.edges().stream().map(Edge::from).distinct().sorted().toList();
        var callees = matrix.edges().stream().map(Edge::to).distinct().sorted().toList();
        var left = MARGIN + LETTER * longest(callers);
        var top = MARGIN + LETTER * longest(callees);
        var width = left + FIELD * callees.size() + MARGIN;
        var height = top + FIELD * callers.size() + MARGIN;
        var rows = IntStream.range(0, callers.size())
                .mapToObj(row -> text(left - LETTER, top + FIELD * row + 15, callers.get(row), ""))
                .collect(Collectors.joining());
        var columns = IntStream.range(0, callees.size())
                .mapToObj(column -> {
                    var x = left + FIELD * column + 15;
                    return text(
                            x,
                            top - LETTER,
                            callees.get(column),
                            " transform=\"rotate(90 %d %d)\"".formatted(x, top - LETTER));
                })
                .collect(Collectors.joining());
        var byEnds = matrix.edges().stream()
                .collect(Collectors.groupingBy(
                        edge -> new Ends(edge.from().id(), edge.to().id())));
        var fields = IntStream.range(0, callers.size())
                .boxed()
                .flatMap(row -> IntStream.range(0, callees.size())
                        .mapToObj(column -> field(
                                left + FIELD * column,
                                top + FIELD * row,
                                byEnds.getOrDefault(
                                        new Ends(
                                                callers.get(row).id(),
                                                callees.get(column).id()),
                                        List.of()))))
                .collect(Collectors.joining());
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="monospace" font-size="11">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                """.formatted(width, height) + rows + columns + fields + "</svg>\n";
    }

    private static int longest(List<Party> parties) {
        return 1 + parties.stream().mapToInt(party -> party.id().length()).max().orElse(0);
    }

    private static String text(int x, int y, Party party, String turned) {
        return "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#222222\"%s>%s</text>\n"
                .formatted(x, y, turned, escaped(party.id()));
    }

    private static String field(int x, int y, List<Edge> edges) {
        var says = edges.stream()
                .map(edge ->
                        "%s -> %s: %s (%s)".formatted(edge.from(), edge.to(), edge.inWords(), edge.enforcedInWords()))
                .collect(Collectors.joining("\n"));
        return "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"#cccccc\"><title>%s</title></rect>\n"
                .formatted(x, y, FIELD, FIELD, colour(edges), escaped(says));
    }

    private static String colour(List<Edge> edges) {
        if (edges.isEmpty()) {
            return "#ffffff";
        }
        if (edges.stream().allMatch(edge -> edge.enforcedBy().contains(Layer.L7))) {
            return edges.stream().allMatch(edge -> edge.enforcedBy().contains(Layer.L4)) ? "#1b5e20" : "#66a06a";
        }
        return edges.stream().anyMatch(edge -> edge.enforcedBy().isEmpty()) ? "#c62828" : "#f0b429";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
