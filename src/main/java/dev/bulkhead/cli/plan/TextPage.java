package dev.bulkhead.cli.plan;

import dev.bulkhead.cli.plan.Change.How;
import dev.bulkhead.cli.plan.PlanReport.Part;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** For a person at a terminal: the objects of each namespace, what restarts, and who may call whom. */
public final class TextPage implements Page {

    private final Ansi ansi;

    public TextPage(Ansi ansi) {
        this.ansi = ansi;
    }

    @Override
    public boolean saysRemarks() {
        return false;
    }

    @Override
    public String of(PlanReport report) {
        var page = new StringBuilder();
        report.parts().forEach(part -> part(report, part, page));
        return page.toString();
    }

    private void part(PlanReport report, Part part, StringBuilder page) {
        page.append(paint(Style.bold, "Environment %s on cluster %s".formatted(part.id(), part.cluster())))
                .append(": ")
                .append(totals(report, part))
                .append('\n');
        var width = part.comparison().changes().stream()
                .mapToInt(it -> it.ref().kind().kind().length())
                .max()
                .orElse(1);
        byNamespace(part).forEach((namespace, changes) -> {
            page.append("\n  ").append(namespace).append('\n');
            changes.forEach(it -> change(it, width, report.isCompared(), page));
        });
        section(
                "Pods that restart",
                part.comparison().restarts().stream().map(it -> "  " + it.ref()).toList(),
                page);
        if (report.isCompared()) {
            section("Newly reached", signed(How.CREATED, part.reach().opened()), page);
            section("Not reached any more", signed(How.REMOVED, part.reach().closed()), page);
            section(
                    "Kept by others than before",
                    signed(How.CHANGED, part.reach().guarded()),
                    page);
        }
        page.append('\n');
    }

    private static String totals(PlanReport report, Part part) {
        var comparison = part.comparison();
        return report.isCompared()
                ? "%d created, %d changed, %d removed, %d unchanged beside %s"
                        .formatted(
                                comparison.count(How.CREATED),
                                comparison.count(How.CHANGED),
                                comparison.count(How.REMOVED),
                                comparison.unchanged(),
                                report.base())
                : "%d objects".formatted(part.plan().entries().size());
    }

    private static TreeMap<String, List<Change>> byNamespace(Part part) {
        return part.comparison().changes().stream()
                .collect(Collectors.groupingBy(it -> it.ref().home(), TreeMap::new, Collectors.toList()));
    }

    private void change(Change change, int width, boolean compared, StringBuilder page) {
        var ref = change.ref();
        var name = "%s%s  %s"
                .formatted(
                        ref.kind().kind(), " ".repeat(width - ref.kind().kind().length()), ref.name());
        var line = change.how() == How.CHANGED || change.details().isEmpty()
                ? name
                : "%s: %s".formatted(name, String.join(", ", change.details()));
        page.append("    ").append(compared ? signed(change.how(), line) : line).append('\n');
        if (change.how() == How.CHANGED) {
            change.details().forEach(it -> page.append("        ").append(it).append('\n'));
        }
    }

    private List<String> signed(How how, List<String> lines) {
        return lines.stream().map(it -> "  " + signed(how, it)).toList();
    }

    private String signed(How how, String line) {
        var style =
                switch (how) {
                    case CREATED -> Style.fg_green;
                    case CHANGED -> Style.fg_yellow;
                    case REMOVED -> Style.fg_red;
                };
        return paint(style, how.sign() + " " + line);
    }

    private static void section(String title, List<String> lines, StringBuilder page) {
        if (!lines.isEmpty()) {
            page.append('\n').append("  ").append(title).append('\n');
            lines.forEach(it -> page.append("  ").append(it).append('\n'));
        }
    }

    private String paint(Style style, String text) {
        return ansi.enabled() ? style.on() + text + Style.reset.on() : text;
    }
}
