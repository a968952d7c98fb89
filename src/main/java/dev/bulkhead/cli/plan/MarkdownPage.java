package dev.bulkhead.cli.plan;

import dev.bulkhead.cli.plan.Change.How;
import dev.bulkhead.cli.plan.PlanReport.Part;
import java.util.List;
import java.util.function.Function;

/** A comment on a pull request: what a reviewer has to know first, and the rest folded away. */
public final class MarkdownPage implements Page {

    /** Longer comments are refused by the hosts of pull requests, which take about 65,000 characters. */
    private static final int MOST_ROWS = 200;

    @Override
    public boolean saysRemarks() {
        return true;
    }

    @Override
    public String of(PlanReport report) {
        var page = new StringBuilder("## Bulkhead plan\n");
        remarks(report.remarks(), page);
        report.parts().forEach(it -> part(report, it, page));
        return page.toString();
    }

    private static void remarks(List<Remark> remarks, StringBuilder page) {
        if (!remarks.isEmpty()) {
            page.append('\n');
            list(
                    remarks,
                    it -> it.who().isEmpty()
                            ? "**%s** %s: %s".formatted(it.weight().word(), code(it.place()), text(it.message()))
                            : "**%s** %s, %s: %s"
                                    .formatted(it.weight().word(), it.who(), code(it.place()), text(it.message())),
                    page);
        }
    }

    private static void part(PlanReport report, Part part, StringBuilder page) {
        var comparison = part.comparison();
        page.append("\n### Environment %s on cluster %s\n\n".formatted(code(part.id()), code(part.cluster())));
        if (comparison.isNothing()) {
            page.append("Nothing changes.\n");
            return;
        }
        page.append(
                report.isCompared()
                        ? "**%d created, %d changed, %d removed**, %d unchanged beside %s.\n"
                                .formatted(
                                        comparison.count(How.CREATED),
                                        comparison.count(How.CHANGED),
                                        comparison.count(How.REMOVED),
                                        comparison.unchanged(),
                                        code(report.base()))
                        : "**%d objects.**\n".formatted(part.plan().entries().size()));
        if (report.isCompared()) {
            restarts(comparison, page);
            section("Newly reached", part.reach().opened(), MarkdownPage::code, page);
            section("Not reached any more", part.reach().closed(), MarkdownPage::code, page);
            section("Kept by others than before", part.reach().guarded(), MarkdownPage::code, page);
        }
        objects(comparison.changes(), report.isCompared(), page);
    }

    private static void restarts(Comparison comparison, StringBuilder page) {
        if (comparison.restarts().isEmpty()) {
            page.append("\nNo pod restarts.\n");
        }
        section(
                "Pods restart",
                comparison.restarts(),
                it -> "%s: %s".formatted(code(it.ref()), text(String.join("; ", it.details()))),
                page);
    }

    private static <T> void section(String title, List<T> items, Function<T, String> words, StringBuilder page) {
        if (!items.isEmpty()) {
            page.append("\n**%s**\n\n".formatted(title));
            list(items, words, page);
        }
    }

    private static <T> void list(List<T> items, Function<T, String> words, StringBuilder page) {
        items.stream()
                .limit(MOST_ROWS)
                .forEach(it -> page.append("- ").append(words.apply(it)).append('\n'));
        more(items, page);
    }

    private static void objects(List<Change> changes, boolean compared, StringBuilder page) {
        page.append("\n<details><summary>Objects</summary>\n\n")
                .append(compared ? "| | object | |\n| --- | --- | --- |\n" : "| object | |\n| --- | --- |\n");
        changes.stream().limit(MOST_ROWS).forEach(it -> page.append(
                        compared ? "| %s ".formatted(it.how().word()) : "")
                .append("| %s | %s |\n".formatted(code(it.ref()), text(String.join("; ", it.details())))));
        more(changes, page);
        page.append("\n</details>\n");
    }

    private static void more(List<?> items, StringBuilder page) {
        if (items.size() > MOST_ROWS) {
            page.append("\nand %d more\n".formatted(items.size() - MOST_ROWS));
        }
    }

    private static String code(Object value) {
        return "`" + value.toString().replace("`", "'").replace("|", "\\|") + "`";
    }

    /** What somebody wrote into a file must not become markup in a comment of ours. */
    private static String text(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_\\[\\]|@#])", "\\\\$1")
                .replaceAll("\\R", " ");
    }
}
