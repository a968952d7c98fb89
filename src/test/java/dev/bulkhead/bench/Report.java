package dev.bulkhead.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of one run, for people and for machines, and the circumstances in which they came to be. */
record Report(Settings settings, Map<String, String> circumstances, List<Figure> figures) {

    private static final Pattern TABLE = Pattern.compile("(?s)(<!-- results -->\n).*(<!-- end of results -->)");

    static Report of(Settings settings, String loadBefore, List<Figure> figures) {
        var circumstances = new LinkedHashMap<String, String>();
        circumstances.put("date", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
        circumstances.put("commit", commit(settings.tree()));
        circumstances.put(
                "machine", "%d cores, %s, %s".formatted(Runtime.getRuntime().availableProcessors(), memory(), cpu()));
        circumstances.put("load before and after", loadBefore + ", " + load());
        circumstances.put("operator", String.join(" ", settings.jvmFlags()));
        circumstances.put("java", System.getProperty("java.vm.version"));
        return new Report(settings, circumstances, List.copyOf(figures));
    }

    /** Prints the table, writes bench/results.json, and puts the table into bench/README.md. */
    void publish() {
        var table = table();
        System.out.println(table);
        try {
            var folder = settings.tree().resolve("bench");
            var all = new LinkedHashMap<String, Object>();
            all.put("circumstances", circumstances);
            all.put("figures", figures);
            Files.writeString(
                    folder.resolve("results.json"),
                    new ObjectMapper()
                                    .enable(SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(all) + "\n");
            var page = folder.resolve("README.md");
            Files.writeString(
                    page,
                    TABLE.matcher(Files.readString(page))
                            .replaceFirst(match -> Matcher.quoteReplacement(match.group(1) + table + match.group(2))));
        } catch (IOException e) {
            throw new UncheckedIOException("the figures could not be kept in bench/", e);
        }
    }

    private String table() {
        var heading = circumstances.entrySet().stream()
                .map(entry -> "- %s: %s\n".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        var rows = figures.stream()
                .map(figure -> "| %s | %s | %s | %s |\n"
                        .formatted(figure.measurement(), figure.what(), figure.shown(), figure.aim()))
                .collect(Collectors.joining());
        return heading + "\n| measurement | what | figure | aim |\n| --- | --- | ---: | ---: |\n" + rows;
    }

    static String load() {
        return first(Path.of("/proc/loadavg"), "").split(" ")[0];
    }

    private static String memory() {
        var kibibytes = first(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "");
        return "%.0f GiB".formatted(Double.parseDouble(kibibytes) / (1024 * 1024));
    }

    private static String cpu() {
        return first(Path.of("/proc/cpuinfo"), "model name").replaceAll(".*: *", "");
    }

    private static String first(Path file, String prefix) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(prefix)).findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException("the bench runs on Linux: %s is missing".formatted(file), e);
        }
    }

    private static String commit(Path tree) {
        try {
            var git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10")
                    .directory(tree.toFile())
                    .start();
            return new String(git.getInputStream().readAllBytes()).strip();
        } catch (IOException _) {
            return "";
        }
    }
}
