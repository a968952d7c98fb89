package dev.bulkhead.cli;

import dev.bulkhead.cli.Apart.Agreed;
import dev.bulkhead.cli.plan.EnvironmentPlan.Made;
import dev.bulkhead.cli.plan.Planning;
import dev.bulkhead.cli.plan.ReachChange;
import dev.bulkhead.cli.plan.Remark;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.environment.pillar.Prospect;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Matrix;
import dev.bulkhead.network.reach.Party;
import dev.bulkhead.network.reach.draw.Drawing;
import dev.bulkhead.network.reach.draw.Json;
import dev.bulkhead.network.reach.draw.Markdown;
import dev.bulkhead.network.reach.draw.Mermaid;
import dev.bulkhead.network.reach.draw.Svg;
import dev.bulkhead.network.reach.draw.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bulkhead reach}: who will reach whom, without any cluster. */
@Command(
        name = "reach",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        description = {
            "Shows who reaches whom when some files are applied, over NetworkPolicies and the mesh. Asks no cluster.",
            "What isn't shown doesn't get through; but for what nodes reach, and what is open for probes."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown",
            "1:with --from and --to: nothing gets through; with --apart: something does",
            "2:something is refused, or wrong in the files"
        })
final class ReachCommand implements Callable<Integer> {

    private static final int MOST_NOTES = 50;
    private static final int NO = 1;
    private static final int REFUSED = 2;

    /** How it is shown. */
    enum Output {
        table,
        json,
        mermaid,
        svg,
        markdown
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final InputFiles files = new InputFiles(System.in);

    @Option(
            names = "--capabilities",
            paramLabel = "FILE",
            description = "What the cluster can do: a file of kind Capabilities, or a TargetCluster with its status.")
    private @Nullable Path capabilities;

    @Option(
            names = "--cluster",
            paramLabel = "CLUSTER",
            description = "Which one, where the files have environments on several.")
    private @Nullable String cluster;

    @Option(
            names = "--from",
            paramLabel = "CALLER",
            description = "Only what this one reaches: the name of a workload, or namespace/name.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "CALLEE", description = "Only what reaches this one.")
    private @Nullable String to;

    @Option(
            names = "--apart",
            arity = "2",
            paramLabel = "ENVIRONMENT",
            description =
                    "Proves that these two environments reach nothing of each other, instead of showing who reaches whom.")
    private List<String> apart = List.of();

    @Option(
            names = "--agreed",
            paramLabel = "CALLER,CALLEE",
            description = "With --apart: an exception. May be given several times.")
    private List<String> agreed = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Output output = Output.table;

    @Override
    public Integer call() {
        var planned = new Planning(
                        files.namespace(),
                        capabilities == null ? KnownClusters.unknown() : KnownClusters.in(capabilities))
                .planned(files.now());
        var commandLine = Objects.requireNonNull(spec).commandLine();
        planned.remarks().forEach(commandLine.getErr()::println);
        if (planned.plans().isEmpty()) {
            return planned.remarks().stream().anyMatch(Remark::refuses) ? REFUSED : 0;
        }
        var plans = onOneCluster(planned.plans());
        if (!apart.isEmpty()) {
            return apart(plans, commandLine.getOut());
        }
        var matrix = matrix(plans);
        compare(matrix, plans, commandLine.getErr());
        var shown = matrix.between(parties(matrix, from, "--from"), parties(matrix, to, "--to"));
        commandLine.getOut().print(drawing().of(shown));
        commandLine.getOut().flush();
        if (planned.remarks().stream().anyMatch(Remark::refuses)) {
            return REFUSED;
        }
        return from != null && to != null && shown.edges().isEmpty() ? NO : 0;
    }

    private int apart(List<Made> plans, PrintWriter out) {
        var matrix = ReachChange.world(plans).matrix();
        var exceptions = agreed.stream()
                .map(pair -> pair.split(",", 2))
                .map(pair -> new Agreed(
                        parties(matrix, pair[0], "--agreed").getFirst(),
                        parties(matrix, pair.length == 2 ? pair[1] : "", "--agreed")
                                .getFirst()))
                .toList();
        var proof =
                Apart.of(matrix, environment(plans, apart.getFirst()), environment(plans, apart.getLast()), exceptions);
        proof.words().forEach(out::println);
        out.flush();
        return proof.holds() ? 0 : NO;
    }

    private static Made environment(List<Made> plans, String name) {
        var found = plans.stream()
                .filter(it -> it.id().toString().equals(name) || it.id().name().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new CommandFailure("--apart %s is %s on this cluster. Name two of: %s"
                    .formatted(
                            name,
                            found.isEmpty() ? "no environment" : "several environments",
                            plans.stream().map(it -> it.id().toString()).collect(Collectors.joining(", "))));
        }
        return found.getFirst();
    }

    /** What gets through is what was declared, or it is said. */
    private static void compare(Matrix matrix, List<Made> plans, PrintWriter err) {
        var compared = matrix.against(plans.stream()
                .flatMap(it -> new Prospect(it.blueprint(), it.plan()).intents().stream())
                .toList());
        Stream.concat(
                        compared.extra().stream().map("note: gets through, and nobody declared it: %s"::formatted),
                        compared.missing().stream()
                                .map(it -> "note: declared, and doesn't get through: %s".formatted(it.inWords())))
                .limit(MOST_NOTES)
                .forEach(err::println);
    }

    /** What the platform's pods reach among themselves, and in the world, is nobody's business here. */
    private static Matrix matrix(List<Made> plans) {
        var all = ReachChange.world(plans).matrix().withoutKubelet();
        var namespaces = plans.stream()
                .flatMap(it -> it.blueprint().namespaces().stream())
                .map(TargetNamespace::name)
                .collect(Collectors.toSet());
        var own = all.parties().stream()
                .filter(it -> it instanceof Endpoint endpoint && namespaces.contains(endpoint.namespace()))
                .toList();
        var edges = all.about(own).edges();
        var concerned = Stream.concat(own.stream(), edges.stream().flatMap(it -> Stream.of(it.from(), it.to())))
                .distinct()
                .sorted()
                .toList();
        return new Matrix(concerned, edges);
    }

    /** On another one nobody is reached from here, but by what is open to all the world. */
    private List<Made> onOneCluster(List<Made> plans) {
        var clusters = plans.stream().map(Made::cluster).distinct().sorted().toList();
        var wanted = cluster == null && clusters.size() == 1 ? clusters.getFirst() : cluster;
        if (wanted == null || !clusters.contains(wanted)) {
            throw new CommandFailure("the files have environments on %s: say which cluster with --cluster"
                    .formatted(String.join(", ", clusters)));
        }
        return plans.stream().filter(it -> it.cluster().equals(wanted)).toList();
    }

    private static List<Party> parties(Matrix matrix, @Nullable String name, String option) {
        if (name == null) {
            return matrix.parties();
        }
        var found = matrix.parties().stream()
                .filter(it -> it.id().equals(name)
                        || it instanceof Endpoint endpoint && endpoint.name().equals(name))
                .toList();
        if (found.size() == 1) {
            return found;
        }
        var all = found.isEmpty() ? matrix.parties() : found;
        throw new CommandFailure("%s %s is %s. Name one of: %s"
                .formatted(
                        option,
                        name,
                        found.isEmpty() ? "nobody" : "several",
                        all.stream().map(Party::id).collect(Collectors.joining(", "))));
    }

    private Drawing drawing() {
        return switch (output) {
            case table -> new Table();
            case json -> new Json();
            case mermaid -> new Mermaid();
            case svg -> new Svg();
            case markdown -> new Markdown();
        };
    }
}
