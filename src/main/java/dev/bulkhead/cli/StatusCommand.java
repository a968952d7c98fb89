package dev.bulkhead.cli;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cli.live.StatusTree;
import dev.bulkhead.cli.plan.Contribution;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bulkhead status}: how environments stand, and why. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        description = "Shows environments as trees: their pillars, and all that shapes them, with reasons.")
final class StatusCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final HubOptions hub = new HubOptions();

    @Parameters(arity = "0..1", paramLabel = "ENVIRONMENT", description = "One of them. Without: all of the namespace.")
    private @Nullable String only;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "The hub namespace. Default: ${DEFAULT-VALUE}.")
    private String namespace = "";

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Of every hub namespace.")
    private boolean everywhere;

    @Override
    public Integer call() {
        try (var client = hub.client()) {
            var environments = list(client, Environment.class).stream()
                    .filter(it -> only == null || it.getMetadata().getName().equals(only))
                    .sorted(Comparator.comparing(it -> "%s/%s"
                            .formatted(
                                    it.getMetadata().getNamespace(),
                                    it.getMetadata().getName())))
                    .toList();
            if (environments.isEmpty()) {
                throw new CommandFailure(nothing());
            }
            show(client, environments);
        }
        return 0;
    }

    private String nothing() {
        return only == null
                ? "there is no Environment in %s".formatted(place())
                : "there is no Environment %s in %s".formatted(only, place());
    }

    private String place() {
        return everywhere ? "any namespace" : "namespace %s: name another with -n, or all with -A".formatted(namespace);
    }

    private void show(KubernetesClient client, List<Environment> environments) {
        var workloads = list(client, Workload.class);
        var sets = list(client, NetworkPolicySet.class);
        var scopes = list(client, SecretScope.class);
        var tree = new StatusTree(Ansi.AUTO);
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        for (var environment : environments) {
            if (everywhere) {
                out.printf("# namespace %s%n", environment.getMetadata().getNamespace());
            }
            out.print(tree.of(environment, of(environment, workloads), of(environment, sets), of(environment, scopes)));
        }
        out.flush();
    }

    private <T extends HasMetadata> List<T> list(KubernetesClient client, Class<T> type) {
        var all = client.resources(type);
        return (everywhere ? all.inAnyNamespace() : all.inNamespace(namespace))
                .list()
                .getItems();
    }

    private static <T extends HasMetadata> List<T> of(Environment environment, List<T> contributors) {
        return contributors.stream()
                .filter(it -> Contribution.of(it)
                        .filter(to -> to.environment().equals(EnvironmentId.of(environment)))
                        .isPresent())
                .toList();
    }
}
