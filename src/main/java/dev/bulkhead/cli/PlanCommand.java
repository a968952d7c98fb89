package dev.bulkhead.cli;

import dev.bulkhead.cli.plan.MarkdownPage;
import dev.bulkhead.cli.plan.Page;
import dev.bulkhead.cli.plan.PlanReport;
import dev.bulkhead.cli.plan.Planning;
import dev.bulkhead.cli.plan.TextPage;
import dev.bulkhead.cli.plan.YamlPage;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final InputFiles files = new InputFiles(System.in);

    @Option(
            names = "--base",
            paramLabel = "REF",
            description = "A commit, branch or tag of the files' git repository, to compare them with.")
    private @Nullable String base;

    @Option(
            names = "--capabilities",
            paramLabel = "FILE",
            description = "What the cluster can do: a file of kind Capabilities, or a TargetCluster with its status.")
    private @Nullable Path capabilities;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Output output = Output.text;

    @Override
    public Integer call() {
        var page = page();
        var report = report();
        var commandLine = Objects.requireNonNull(spec).commandLine();
        if (!page.saysRemarks()) {
            report.remarks().forEach(commandLine.getErr()::println);
        }
        commandLine.getOut().print(page.of(report));
        commandLine.getOut().flush();
        return report.refuses() ? REFUSED : 0;
    }

    private PlanReport report() {
        var planning = new Planning(
                files.namespace(), capabilities == null ? KnownClusters.unknown() : KnownClusters.in(capabilities));
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
