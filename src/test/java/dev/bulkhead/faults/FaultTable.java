package dev.bulkhead.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verdicts of a run, and what can't be tried here, as the table that {@code make faults} prints. */
final class FaultTable implements AutoCloseable {

    static final Path FILE = Path.of("target", "faults", "table.md");

    /** Faults that can't happen here, or are tried elsewhere, each with why or where. */
    static final Map<Integer, String> NOT_HERE = Map.of(
            5, "not run: ten thousand resources need more minutes than this suite has",
            29, "the client asks for lists whole, so there is no continuation that could expire",
            32, "the client asks for consistent lists, which an API server that lags doesn't answer from its cache",
            42, "not run: a test cluster ends with its etcd; that a version may go back is settled as in 27",
            43, "not run, as 42",
            56, "one version of the kinds is served, so there is no conversion webhook",
            60, "not run: a log that nobody takes");

    private final List<Row> rows = new ArrayList<>();

    private record Row(int number, String test, String verdict, String recovery, String writes, String note) {

        String line() {
            return "| %d | %s | %s | %s | %s | %s |".formatted(number, sentence(test), verdict, recovery, writes, note);
        }

        /** A test's name is a sentence already. */
        private static String sentence(String name) {
            if (name.isEmpty()) {
                return "–";
            }
            var words = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("([A-Z])([A-Z][a-z])", "$1 $2");
            return words.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                    + words.substring(1).toLowerCase(java.util.Locale.ROOT);
        }
    }

    synchronized void add(int number, String test, String verdict, Trial trial) {
        rows.add(new Row(
                number,
                test,
                verdict,
                trial.recovery()
                        .map(it -> "%.1f s".formatted(it.toMillis() / 1000.0))
                        .orElse("–"),
                trial.writes().map(String::valueOf).orElse("–"),
                trial.note()));
    }

    private String text() {
        var absent = NOT_HERE.entrySet().stream()
                .map(it -> new Row(
                        it.getKey(),
                        "",
                        it.getValue().startsWith("not run") ? "not run" : "not applicable",
                        "–",
                        "–",
                        it.getValue()));
        var lines = Stream.concat(rows.stream(), absent)
                .sorted(Comparator.comparingInt(Row::number).thenComparing(Row::test))
                .map(Row::line)
                .collect(Collectors.joining("\n"));
        return """
                | fault | what is shown | verdict | recovered in | writes | |
                | --- | --- | --- | --- | --- | --- |
                %s
                """.formatted(lines);
    }

    @Override
    public synchronized void close() {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text());
        } catch (IOException e) {
            throw new UncheckedIOException("the table of faults can't be written to " + FILE, e);
        }
    }
}
