package dev.bulkhead.bench;

import dev.bulkhead.kube.ClusterSource;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.NodeRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A new cluster with our kinds, a class and a target in it, and the programs that work on it. */
final class Site implements AutoCloseable {

    private static final String OPERATOR = "bulkhead";

    private final Settings settings;
    private final KubeCluster cluster;
    private final KubernetesClient client;
    private final Path account;

    Site(Settings settings, NodeRequest node, String name) {
        this.settings = settings;
        var source = new ClusterSource(settings.tree(), System.getenv(), line -> System.err.println("   " + line));
        cluster = source.another(
                "bench-%s-%d".formatted(name, ProcessHandle.current().pid()), node);
        client = cluster.client("bench");
        install();
        account = new Account(client).kubeconfig(cluster.kubeconfig());
    }

    KubernetesClient client() {
        return client;
    }

    OperatorJvm operator(String log) {
        return OperatorJvm.start(settings, account, log);
    }

    AuditCount audit() {
        return new AuditCount(
                cluster.auditLog().orElseThrow(() -> new IllegalStateException("this cluster has no audit log")),
                OPERATOR);
    }

    /** CPU time that the API server has used since it began. */
    Duration apiServerCpu() {
        var directory = cluster.kubeconfig().getParent().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(" kube-apiserver ") && line.contains(directory))
                        .isPresent())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    void apply(List<HasMetadata> resources) {
        resources.forEach(resource ->
                client.resource(resource).fieldManager("bench").forceConflicts().serverSideApply());
    }

    private void install() {
        try (var files = Files.list(settings.tree().resolve("crds"))) {
            files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(Site::definition)
                    .forEach(definition -> client.resource(definition).serverSideApply());
        } catch (IOException e) {
            throw new UncheckedIOException("crds/ is not readable: run this in the root of the tree", e);
        }
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                        .allMatch(Site::isEstablished));
        apply(Scenario.platform());
    }

    private static CustomResourceDefinition definition(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
