package dev.bulkhead.cli;

import dev.bulkhead.cluster.CapabilitiesFile;
import dev.bulkhead.cluster.ReadOnlyTarget;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulkhead cluster …}: nothing here ever goes by a current context that wasn't named. */
@Command(
        name = "cluster",
        description = "Clusters that environments are placed in.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ClusterCommand {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern LIFE = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    @Spec
    private @Nullable CommandSpec spec;

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a cluster a target of the hub. Without --apply: prints what the target needs, with the hub's id in it.",
                "With --apply: applies that, gets a token of the operator's account there, and makes on the hub the"
                        + " kubeconfig Secret and the TargetCluster. The operator renews the token from then on."
            })
    int add(
            @Parameters(paramLabel = "NAME", description = "What the TargetCluster shall be called.") String name,
            @Option(
                            names = "--hub-kubeconfig",
                            paramLabel = "FILE",
                            description = "How you reach the hub. Needed with --apply, or to learn the hub's id.")
                    @Nullable
                    Path hub,
            @Option(
                            names = "--hub-context",
                            paramLabel = "CONTEXT",
                            description = "Needed where that file has several.")
                    @Nullable
                    String hubContext,
            @Option(
                            names = "--kubeconfig",
                            paramLabel = "FILE",
                            description = "How you reach the target, as its administrator. Needed with --apply.")
                    @Nullable
                    Path target,
            @Option(names = "--context", paramLabel = "CONTEXT", description = "Needed where that file has several.")
                    @Nullable
                    String context,
            @Option(names = "--hub-id", paramLabel = "ID", description = "Which hub it is, where it isn't asked.")
                    @Nullable
                    String hubId,
            @Option(
                            names = "--server",
                            paramLabel = "URL",
                            description = "Where the operator reaches the target, if not where you do.")
                    @Nullable
                    URI server,
            @Option(
                            names = "--token-life",
                            paramLabel = "LIFE",
                            defaultValue = "48h",
                            description =
                                    "How long a token is good for; renewed at half of it. Default: ${DEFAULT-VALUE}.")
                    String life,
            @Option(names = "--apply", description = "Do it, rather than print it.") boolean apply) {
        if (!NAME.matcher(name).matches()) {
            throw new CommandFailure("%s can't be the name of a TargetCluster: use a-z, 0-9, - and .".formatted(name));
        }
        var known = Optional.ofNullable(hubId);
        if (!apply) {
            var id = known.or(() -> Optional.ofNullable(hub).map(it -> hubIdOf(it, hubContext)))
                    .orElseThrow(
                            () -> new CommandFailure("say which hub it is: --hub-id, or --hub-kubeconfig to ask it"));
            out().print(new TargetSide(id).text());
            out().flush();
            return 0;
        }
        try (var hubClient = Access.to("--hub-kubeconfig", hub, "--hub-context", hubContext)
                        .client();
                var there = Access.to("--kubeconfig", target, "--context", context);
                var targetClient = there.client()) {
            var id = known.orElseGet(() -> HubSide.id(hubClient));
            new ClusterAddition(new HubSide(hubClient), id, targetClient, out())
                    .add(name, there.address(Optional.ofNullable(server)), duration(life));
        }
        return 0;
    }

    @Command(
            name = "capabilities",
            mixinStandardHelpOptions = true,
            description = "Prints what a cluster can do, as a file for `bulkhead plan --capabilities`.")
    int capabilities(@Mixin HubOptions cluster) {
        try (var client = cluster.client()) {
            out().print(CapabilitiesFile.write(ReadOnlyTarget.capabilities(client)));
            out().flush();
        }
        return 0;
    }

    private static String hubIdOf(Path kubeconfig, @Nullable String context) {
        try (var client = Access.to("--hub-kubeconfig", kubeconfig, "--hub-context", context)
                .client()) {
            return HubSide.id(client);
        }
    }

    private static Duration duration(String life) {
        var match = LIFE.matcher(life);
        if (!match.matches()) {
            throw new CommandFailure("--token-life is %s: write it as 90m, 48h or 7d".formatted(life));
        }
        var amount = Long.parseLong(match.group(1));
        var duration =
                switch (match.group(2)) {
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                };
        if (duration.compareTo(SHORTEST) < 0) {
            throw new CommandFailure("--token-life is %s: no API server gives less than 10m".formatted(life));
        }
        return duration;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
