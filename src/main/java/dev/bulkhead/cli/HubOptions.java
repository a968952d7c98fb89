package dev.bulkhead.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which cluster is asked. Nothing is taken from a current context that wasn't named. */
final class HubOptions {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            defaultValue = "${env:KUBECONFIG}",
            description = "How you reach the cluster. Default: the environment variable KUBECONFIG.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "CONTEXT", description = "Needed where that file has several.")
    private @Nullable String context;

    KubernetesClient client() {
        return Access.to("--kubeconfig", kubeconfig, "--context", context).client();
    }
}
