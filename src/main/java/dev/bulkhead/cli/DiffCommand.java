package dev.bulkhead.cli;

import dev.bulkhead.cli.live.LiveDiff;
import dev.bulkhead.cli.manifest.Manifests;
import dev.bulkhead.cli.plan.MarkdownPage;
import dev.bulkhead.cli.plan.Page;
import dev.bulkhead.cli.plan.PlanReport;
import dev.bulkhead.cli.plan.TextPage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bulkhead diff}: what the operator would change in its cluster. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        description = {
            "Shows what the operator would change in the cluster, if some files were applied to the hub. Changes nothing.",
            "What the hub has and the files don't name stays as it is."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing would change", "1:something would", "2:something is refused, or wrong in the files"})
final class DiffCommand implements Callable<Integer> {

    private static final int CHANGED = 1;
    private static final int REFUSED = 2;

    /** How it is shown. */
    enum Output {
        text,
        markdown
    }

    @Mixin
    private final Printer printer = new Printer();

    @Mixin
    private final InputFiles files = new InputFiles(System.in);

    @Mixin
    private final HubOptions hub = new HubOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Output output = Output.text;

    @Override
    public Integer call() {
        var manifests = Manifests.read(files.now(), files.namespace());
        try (var client = hub.client()) {
            var report = new LiveDiff(client, HubSide.id(client), HubSide.digest(client)).of(manifests);
            printer.report(report, page());
            return code(report);
        }
    }

    private Page page() {
        return switch (output) {
            case text -> new TextPage(Ansi.AUTO);
            case markdown -> new MarkdownPage();
        };
    }

    private static int code(PlanReport report) {
        if (report.refuses()) {
            return REFUSED;
        }
        return report.parts().stream().allMatch(it -> it.comparison().isNothing()) ? 0 : CHANGED;
    }
}
