package dev.bulkhead.cli;

import dev.bulkhead.cli.plan.MarkdownPage;
import dev.bulkhead.cli.plan.Page;
import dev.bulkhead.cli.plan.PlanReport;
import dev.bulkhead.cli.plan.PlanReport.Part;
import dev.bulkhead.cli.plan.Planning;
import dev.bulkhead.cli.plan.TextPage;
import dev.bulkhead.cli.plan.YamlPage;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bulkhead plan}: what the operator would make of some files, without any cluster. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        description = {
            "Shows what would be made of some files. Asks no cluster.",
            "With --base: what changes since then, which pods restart, and who may newly call whom.",
            "Rules that are written in CEL are judged by an API server only: for those, kubectl apply --dry-run=server."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:planned", "2:something is refused, or wrong in the files"})
final class PlanCommand implements Callable<Integer> {

    private static final int REFUSED = 2;

    /** How it is shown. */
    enum Output {
        text,
        yaml,
        markdown
    }

    @Mixin
    private final Printer printer = new Printer();

    @Mixin
    private final InputFiles files = new InputFiles(System.in);

    @Option(
            names = "--base",
            paramLabel = "REF",
            description = "A commit, branch or tag of the files' git repository, to compare them with.")
    private @Nullable String base;

    @Mixin
    private final KnownClusters clusters = new KnownClusters();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Output output = Output.text;

    @Override
    public Integer call() {
        var report = report();
        clusters.refuseStranger(report.parts().stream().map(Part::cluster).collect(Collectors.toSet()));
        printer.report(report, page());
        return report.refuses() ? REFUSED : 0;
    }

    private PlanReport report() {
        var planning = new Planning(files.namespace(), clusters.capabilities());
        return base == null ? planning.report(files.now()) : planning.report(base, files.at(base), files.now());
    }

    private Page page() {
        return switch (output) {
            case text -> new TextPage(Ansi.AUTO);
            case yaml -> new YamlPage();
            case markdown -> new MarkdownPage();
        };
    }
}
