package dev.bulkhead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code make bench}: takes all measurements, or those that are named, one after the other. */
public final class Bench {

    private static final List<String> ALL =
            List.of("latency", "throughput", "quiet", "clusters", "matrix", "command", "secrets");

    private Bench() {}

    public static void main(String[] names) throws IOException {
        // Below INFO the HTTP client logs bodies.
        Logger.getLogger("").setLevel(Level.WARNING);
        try {
            var settings = Settings.of(Path.of("").toAbsolutePath(), System.getenv());
            Files.createDirectories(settings.tree().resolve("target/bench"));
            var load = Report.load();
            var figures = new ArrayList<Figure>();
            for (var name : names.length == 0 ? ALL : List.of(names)) {
                System.err.println("== measuring " + name);
                var taken = measurement(name, settings).take();
                taken.forEach(figure -> System.err.printf("   %s: %s%n", figure.what(), figure.shown()));
                figures.addAll(taken);
            }
            Report.of(settings, load, figures).publish();
            System.exit(isQuiet(figures) ? 0 : 1);
        } catch (RuntimeException e) {
            System.err.println("make bench: " + e.getMessage());
            System.exit(2);
        }
    }

    private static Measurement measurement(String name, Settings settings) {
        return switch (name) {
            case "latency" -> new Latency(settings);
            case "throughput" -> new Throughput(settings);
            case "quiet" -> new Quiet(settings);
            case "clusters" -> new Clusters(settings);
            case "matrix" -> new Matrices();
            case "command" -> new Commands(settings);
            case "secrets" -> new ManySecrets(settings);
            default -> throw new IllegalArgumentException("there is no measurement %s: use %s".formatted(name, ALL));
        };
    }

    private static boolean isQuiet(List<Figure> figures) {
        var noise = figures.stream()
                .filter(figure ->
                        figure.measurement().equals("quiet") && figure.aim().equals("0"))
                .mapToDouble(Figure::value)
                .sum();
        if (noise > 0) {
            System.err.println("make bench: the operator was not quiet; bench/README.md says what it asked for");
        }
        return noise == 0;
    }
}
