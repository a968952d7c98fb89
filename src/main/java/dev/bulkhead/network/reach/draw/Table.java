package dev.bulkhead.network.reach.draw;

import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Matrix;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Columns for a terminal. */
public final class Table implements Drawing {

    private static final List<String> HEADING = List.of("FROM", "TO", "WHAT", "ENFORCED BY", "NOTE");

    @Override
    public String of(Matrix matrix) {
        if (matrix.edges().isEmpty()) {
            return "nobody reaches anybody\n";
        }
        var rows = Stream.concat(Stream.of(HEADING), matrix.edges().stream().map(Table::row))
                .toList();
        var widths = IntStream.range(0, HEADING.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .boxed()
                .toList();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static List<String> row(Edge edge) {
        return List.of(edge.from().id(), edge.to().id(), edge.inWords(), edge.enforcedInWords(), Words.notes(edge));
    }

    private static String line(List<String> row, List<Integer> widths) {
        return IntStream.range(0, row.size())
                        .mapToObj(column -> row.get(column)
                                + " "
                                        .repeat(widths.get(column)
                                                - row.get(column).length()))
                        .collect(Collectors.joining("  "))
                        .stripTrailing()
                + "\n";
    }
}
