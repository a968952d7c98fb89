package dev.bulkhead.cli;

import dev.bulkhead.cli.Apart.Agreed;
import dev.bulkhead.cli.plan.EnvironmentPlan.Made;
import dev.bulkhead.cli.plan.Planning;
import dev.bulkhead.cli.plan.ReachChange;
import dev.bulkhead.cli.plan.Remark;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Intent;
import dev.bulkhead.network.reach.Lint;
import dev.bulkhead.network.reach.Matrix;
import dev.bulkhead.network.reach.Party;
import dev.bulkhead.network.reach.Reach;
import dev.bulkhead.network.reach.Verdict.Refusal;
import dev.bulkhead.network.reach.draw.Drawing;
import dev.bulkhead.network.reach.draw.Json;
import dev.bulkhead.network.reach.draw.Markdown;
import dev.bulkhead.network.reach.draw.Mermaid;
import dev.bulkhead.network.reach.draw.Svg;
import dev.bulkhead.network.reach.draw.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private final Printer printer = new Printer();

    @Mixin
    private final InputFiles files = new InputFiles(System.in);

    @Mixin
    private final KnownClusters clusters = new KnownClusters();

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
        refuseContradiction();
        var planned = new Planning(files.namespace(), clusters.capabilities()).planned(files.now());
        printer.notes(planned.remarks());
        var refused = planned.remarks().stream().anyMatch(Remark::refuses);
        if (planned.plans().isEmpty()) {
            if (refused) {
                return REFUSED;
            }
            throw new CommandFailure("there is no Environment in the files: name its file with another -f");
        }
        var plans = onOneCluster(planned.plans());
        var holds = apart.isEmpty() ? show(plans) : prove(plans);
        if (refused) {
            return REFUSED;
        }
        return holds ? 0 : NO;
    }

    /** A question that is half passed over gets the wrong answer. */
    private void refuseContradiction() {
        if (apart.isEmpty() && !agreed.isEmpty()) {
            throw new CommandFailure("--agreed is an exception to --apart: say which two environments");
        }
        if (apart.size() > 2) {
            throw new CommandFailure("--apart is about two environments: give it once");
        }
        if (!apart.isEmpty() && (from != null || to != null)) {
            throw new CommandFailure("--apart is about all of two environments: take --from and --to away");
        }
    }

    /** @return whether something gets through, if that was asked of two */
    private boolean show(List<Made> plans) {
        var intents =
                plans.stream().flatMap(it -> it.prospect().intents().stream()).toList();
        var matrix = matrix(plans, intents);
        compare(matrix, intents, plans);
        var shown = matrix.between(callers(matrix), named(matrix.parties(), to, "--to"));
        printer.print(drawing().of(shown));
        if (from == null || to == null || !shown.edges().isEmpty()) {
            return true;
        }
        printer.notes(refusals(
                Reach.of(ReachChange.world(plans)),
                callers(matrix).getFirst(),
                named(matrix.parties(), to, "--to").getFirst()));
        return false;
    }

    /** Who turns a call away, port by port. */
    private static List<String> refusals(Reach reach, Party caller, Party callee) {
        return callee instanceof Endpoint endpoint
                ? endpoint.ownPorts()
                        .map(port -> "note: %s of %s: %s"
                                .formatted(
                                        port.inWords(),
                                        callee,
                                        reach.verdict(caller, callee, port.protocol(), port.port()).refusedBy().stream()
                                                .sorted()
                                                .map(Refusal::inWords)
                                                .collect(Collectors.joining(", and "))))
                        .toList()
                : List.of();
    }

    /** Of what nodes reach only what they should is shown, and that must not look as if they reached nothing else. */
    private List<Party> callers(Matrix matrix) {
        return from == null
                ? matrix.parties()
                : named(matrix.parties().stream().filter(it -> !it.onNode()).toList(), from, "--from");
    }

    private boolean prove(List<Made> plans) {
        var matrix = ReachChange.world(plans).matrix();
        var proof = Apart.of(
                matrix,
                environment(plans, apart.getFirst()),
                environment(plans, apart.getLast()),
                agreed.stream().map(pair -> agreed(matrix, pair)).toList());
        printer.print(proof.words().map("%s\n"::formatted).collect(Collectors.joining()));
        return proof.holds();
    }

    private static Agreed agreed(Matrix matrix, String pair) {
        var ends = pair.split(",", -1);
        if (ends.length != 2) {
            throw new CommandFailure("--agreed %s names no two: write it as CALLER,CALLEE".formatted(pair));
        }
        return new Agreed(
                named(matrix.parties(), ends[0], "--agreed").getFirst(),
                named(matrix.parties(), ends[1], "--agreed").getFirst());
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

    /** What gets through is what was declared, or it is said; and so is what makes it weaker than it looks. */
    private void compare(Matrix matrix, List<Intent> intents, List<Made> plans) {
        var compared = matrix.against(intents);
        printer.notes(Stream.of(
                        compared.extra().stream().map("note: gets through, and nobody declared it: %s"::formatted),
                        compared.missing().stream()
                                .map(it -> "note: declared, and doesn't get through: %s".formatted(it.inWords())),
                        compared.unproved().stream().map(it -> "note: goes without mutual TLS, which was declared: %s"
                                .formatted(it.inWords())),
                        new Lint(ReachChange.world(plans), intents, _ -> true)
                                .findings().stream().map(it -> "note: " + it.message()))
                .flatMap(notes -> notes)
                .distinct()
                .limit(MOST_NOTES)
                .toList());
    }

    /** What the platform's pods reach among themselves, and in the world, is nobody's business here. */
    private static Matrix matrix(List<Made> plans, List<Intent> intents) {
        var all = ReachChange.world(plans).matrix().withoutKubelet(intents);
        var namespaces = plans.stream()
                .flatMap(it -> it.blueprint().namespaces().stream())
                .map(TargetNamespace::name)
                .collect(Collectors.toSet());
        return all.about(all.in(namespaces));
    }

    /** On another one nobody is reached from here, but by what is open to all the world. */
    private List<Made> onOneCluster(List<Made> plans) {
        var all = plans.stream().map(Made::cluster).distinct().sorted().toList();
        var wanted = cluster == null && all.size() == 1 ? all.getFirst() : cluster;
        if (wanted == null || !all.contains(wanted)) {
            throw new CommandFailure("%s: the files have environments on %s"
                    .formatted(
                            cluster == null
                                    ? "say which cluster with --cluster"
                                    : "--cluster %s has no environment".formatted(cluster),
                            String.join(", ", all)));
        }
        clusters.refuseStranger(List.of(wanted));
        var here = plans.stream().filter(it -> it.cluster().equals(wanted)).toList();
        here.stream().filter(it -> it.prospect().isUntold()).findFirst().ifPresent(it -> {
            throw new CommandFailure(
                    "environment %s asks for a mesh, and whether cluster %s has it isn't known, so nobody can tell who reaches whom. Say with --capabilities what it can do"
                            .formatted(it.id(), wanted));
        });
        return here;
    }

    private static List<Party> named(List<Party> parties, @Nullable String name, String option) {
        if (name == null) {
            return parties;
        }
        var found = parties.stream()
                .filter(it -> it.id().equals(name)
                        || it instanceof Endpoint endpoint && endpoint.name().equals(name))
                .toList();
        if (found.size() == 1) {
            return found;
        }
        throw new CommandFailure("%s %s is %s. Name one of: %s"
                .formatted(
                        option,
                        name.isEmpty() ? "\"\"" : name,
                        found.isEmpty() ? "nobody" : "several",
                        (found.isEmpty() ? parties : found)
                                .stream().map(Party::id).collect(Collectors.joining(", "))));
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
