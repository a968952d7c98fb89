package dev.bulkhead.cli;

import dev.bulkhead.secrets.vault.VaultRefused;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code bulkhead}, as a person types it. Without a word it is the operator, which isn't this package's business. */
@Command(
        name = "bulkhead",
        description = "Environments on Kubernetes. Without a command: the operator itself.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PlanCommand.class,
            DiffCommand.class,
            ReachCommand.class,
            StatusCommand.class,
            RotateCommand.class,
            ClusterCommand.class,
            EscrowCommand.class,
            CompletionCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class BulkheadCommand {

    private BulkheadCommand() {}

    /** @return the exit code: 0 done, 2 misspelt, and of each command its own */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        var bulkhead = new CommandLine(new BulkheadCommand());
        tellVersion(bulkhead);
        return bulkhead.setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(BulkheadCommand::misspelt)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    command.getErr().println("bulkhead: " + words(failure));
                    return command.getCommandSpec().exitCodeOnExecutionException();
                })
                .execute(arguments);
    }

    /** What is wrong, and not all that would have been right, which scrolls it away. */
    private static int misspelt(ParameterException failure, String... words) {
        var command = failure.getCommandLine();
        command.getErr().println("bulkhead: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().printf("See %s --help%n", command.getCommandSpec().qualifiedName());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Whichever command is asked. */
    private static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(BulkheadCommand::tellVersion);
    }

    /** Never a stack trace: what the API server says, or what we do. */
    private static String words(Exception failure) {
        return switch (failure) {
            case CommandFailure ours -> String.valueOf(ours.getMessage());
            case VaultRefused vault -> String.valueOf(vault.getMessage());
            case KubernetesClientException refused
            when refused.getStatus() != null ->
                "the API server refused it: " + refused.getStatus().getMessage();
            case KubernetesClientException unreachable ->
                "the API server can't be asked: "
                        + Optional.ofNullable(unreachable.getCause())
                                .map(Throwable::getMessage)
                                .orElse(unreachable.getMessage())
                        + ". Check the address and the credentials in the kubeconfig";
            default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
        };
    }
}
