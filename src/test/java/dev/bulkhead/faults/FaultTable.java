package dev.bulkhead.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The verdicts of a run, and what can't be tried here, as rows of the table that {@code make faults} puts together: several
 * processes, and in one process several runs, may have their share.
 */
final class FaultTable implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "faults");

    /** Faults that can't happen here, or are tried elsewhere, each with why or where. */
    static final Map<Integer, String> NOT_HERE = Map.of(
            29, "the client asks for lists whole, so there is no continuation that could expire",
            32, "the client asks for consistent lists, which an API server that lags doesn't answer from its cache",
            56, "one version of the kinds is served, so there is no conversion webhook");

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
            return words.substring(0, 1).toUpperCase(Locale.ROOT)
                    + words.substring(1).toLowerCase(Locale.ROOT);
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
                .map(it -> new Row(it.getKey(), "", "not applicable", "–", "–", it.getValue()));
        var lines = Stream.concat(rows.stream(), absent)
                .sorted(Comparator.comparingInt(Row::number).thenComparing(Row::test))
                .map(Row::line)
                .collect(Collectors.joining("\n"));
        return lines + "\n";
    }

    @Override
    public synchronized void close() {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    FOLDER.resolve(
                            "%d-%d.rows".formatted(ProcessHandle.current().pid(), System.nanoTime())),
                    text());
        } catch (IOException e) {
            throw new UncheckedIOException("the table of faults can't be written to " + FOLDER, e);
        }
    }
}
