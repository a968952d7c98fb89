package dev.bulkhead.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** docs/metrics.md: what is measured, as it is promised. */
record MetricsPage(String text) {

    private static final Path FILE = Path.of("docs", "metrics.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|(.*?)\\| ");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    static MetricsPage read() {
        try {
            return new MetricsPage(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Metric → its labels. */
    Map<String, Set<String>> ours() {
        return table("ours");
    }

    Map<String, Set<String>> josdk() {
        return table("josdk");
    }

    Map<String, Set<String>> all() {
        var all = new TreeMap<>(ours());
        all.putAll(josdk());
        return all;
    }

    private Map<String, Set<String>> table(String name) {
        var start = text.indexOf("<!-- " + name);
        var table = text.substring(start, text.indexOf("<!-- /" + name + " -->"));
        return ROW.matcher(table)
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> CODE.matcher(row.group(2))
                                .results()
                                .map(label -> label.group(1))
                                .collect(Collectors.toCollection(TreeSet::new)),
                        (one, _) -> {
                            throw new AssertionError("Twice in docs/metrics.md: " + one);
                        },
                        TreeMap::new));
    }
}
