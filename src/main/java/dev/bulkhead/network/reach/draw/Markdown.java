package dev.bulkhead.network.reach.draw;

import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Matrix;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table for a pull request. */
public final class Markdown implements Drawing {

    @Override
    public String of(Matrix matrix) {
        if (matrix.edges().isEmpty()) {
            return "Nobody reaches anybody.\n";
        }
        return "| from | to | what | enforced by | note |\n| --- | --- | --- | --- | --- |\n"
                + matrix.edges().stream().map(Markdown::row).collect(Collectors.joining());
    }

    /** A row of the table, for those who show only some edges. */
    public static String row(Edge edge) {
        return Stream.of(edge.from().id(), edge.to().id(), edge.inWords(), edge.enforcedInWords(), Words.notes(edge))
                .map(Markdown::escaped)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("`", "\\`")
                .replace("<", "&lt;")
                .replace("\n", " ");
    }
}
