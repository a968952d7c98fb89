package dev.bulkhead.monitoring;

import dev.bulkhead.kube.Scrape;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PromQL query, as far as it has to be understood to see what it names. */
record Query(String text) {

    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:bulkhead_|reconciliations_|custom_resources|events_received)\\w*");
    private static final Pattern BY = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)\\}");

    Set<String> metrics() {
        return METRIC.matcher(bare())
                .results()
                .map(it -> Scrape.metric(it.group()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** All labels that it selects or groups by; {@code le} belongs to every histogram. */
    Set<String> labels() {
        var grouped =
                BY.matcher(bare()).results().flatMap(it -> Stream.of(it.group(1).split(",")));
        var selected = SELECTOR.matcher(bare())
                .results()
                .flatMap(it -> Stream.of(it.group(1).split(",")))
                .map(it -> it.split("[=!~]", 2)[0]);
        return Stream.concat(grouped, selected)
                .map(String::strip)
                .filter(it -> !it.isEmpty() && !it.equals("le"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether every bracket is closed: the mistake that is made most. */
    boolean isBalanced() {
        var open = new StringBuilder();
        for (var c : bare().toCharArray()) {
            switch (c) {
                case '(', '{', '[' -> open.append(c);
                case ')', '}', ']' -> {
                    var last = open.length() - 1;
                    if (last < 0 || "({[".indexOf(open.charAt(last)) != ")}]".indexOf(c)) {
                        return false;
                    }
                    open.setLength(last);
                }
                default -> {}
            }
        }
        return open.isEmpty();
    }

    private String bare() {
        return STRING.matcher(text).replaceAll("");
    }
}
