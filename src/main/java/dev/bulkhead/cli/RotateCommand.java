package dev.bulkhead.cli;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.api.v1alpha1.OperationSpec;
import dev.bulkhead.api.v1alpha1.Reference;
import dev.bulkhead.api.v1alpha1.SecretsSettings;
import dev.bulkhead.cli.live.OperationFollower;
import dev.bulkhead.cli.live.OperationLog;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulkhead rotate}: asks for a rotation by an Operation, as anybody could. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        description = {
            "Creates an Operation that has entries of an environment's SecretScopes rotated.",
            "With --wait it is followed to its end: exit code 0, or 1 if it was refused. A value that is still accepted"
                    + " for a while has that while before the end."
        })
final class RotateCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final HubOptions hub = new HubOptions();

    @Parameters(arity = "1..100", paramLabel = "ENTRY", description = "The entries.")
    private List<String> entries = List.of();

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "ENVIRONMENT",
            required = true,
            description = "Whose they are.")
    private String environment = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "The hub namespace. Default: ${DEFAULT-VALUE}.")
    private String namespace = "";

    @ArgGroup
    private Instead instead = new Instead();

    @Option(names = "--wait", description = "Follow it to its end, and show each step.")
    private boolean wait;

    /** What is done instead of a rotation. */
    private static final class Instead {

        @Option(
                names = "--rollback",
                description = "Go back to the value before, while it is still accepted, and hold.")
        private boolean rollback;

        @Option(names = "--hold", description = "Keep them where they are, until --resume.")
        private boolean hold;

        @Option(names = "--resume", description = "End a hold.")
        private boolean resume;

        @Option(names = "--retry", description = "Don't wait for the next try of what failed.")
        private boolean retry;

        @Option(
                names = "--compromised",
                description = "Somebody else knows the value: a new one now, and the old one revoked at once. Whoever"
                        + " still uses the old one is refused until its pods have restarted.")
        private boolean compromised;

        OperationAction action() {
            if (rollback) {
                return OperationAction.Rollback;
            }
            if (hold) {
                return OperationAction.Hold;
            }
            if (resume) {
                return OperationAction.Resume;
            }
            if (retry) {
                return OperationAction.Retry;
            }
            return compromised ? OperationAction.Compromised : OperationAction.Rotate;
        }
    }

    @Override
    public Integer call() {
        try (var client = hub.client()) {
            var created = client.resource(operation()).create();
            out().printf("operation/%s created%n", created.getMetadata().getName());
            out().flush();
            if (!wait) {
                return 0;
            }
            var log = new OperationLog();
            var end = new OperationFollower(client)
                    .follow(created, status -> {
                        log.news(status).forEach(out()::println);
                        out().flush();
                    })
                    .orElseThrow(() -> new CommandFailure("somebody has deleted operation %s; what it began goes on"
                            .formatted(created.getMetadata().getName())));
            return OperationLog.isDone(end) ? 0 : 1;
        }
    }

    private Operation operation() {
        var action = instead.action();
        var operation = new Operation();
        operation.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withGenerateName(action.name().toLowerCase(Locale.ROOT) + "-")
                .build());
        operation.setSpec(new OperationSpec(
                action, new Reference(environment), null, null, null, null, new SecretsSettings(entries)));
        return operation;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
