package dev.bulkhead.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.cli.BulkheadCommand;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;

/** A cluster beside the hub that can become a target of it: a kubeconfig Secret and a TargetCluster on the hub, both by its name. */
public final class Remote implements AutoCloseable {

    private static final String SYSTEM = "bulkhead-system";

    private final String name;
    private final TestCluster cluster;
    private final TestCluster hub;

    Remote(String name, TestCluster cluster, TestCluster hub) {
        this.name = name;
        this.cluster = cluster;
        this.hub = hub;
    }

    public String name() {
        return name;
    }

    public TestCluster cluster() {
        return cluster;
    }

    public KubeCluster kube() {
        return cluster.kube();
    }

    /** An administrator's, with all that it needs within itself. */
    public String kubeconfig() {
        try {
            return Files.readString(kube().kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes it a target of the hub. */
    public void join() {
        join(kubeconfig());
    }

    /** The same, reached another way; or the same target with another kubeconfig from now on. */
    public void join(String kubeconfig) {
        kubeconfig(kubeconfig);
        hub.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: TargetCluster
                metadata: {name: %1$s}
                spec: {kubeconfig: {secretRef: {name: %1$s}}}
                """.formatted(name));
    }

    /**
     * The same by {@code bulkhead cluster add}: then the operator has an account there, with its rights and no others.
     *
     * @param kubeconfig an administrator's; the operator goes the same way
     */
    public void add(String kubeconfig) {
        var said = new StringWriter();
        var printer = new PrintWriter(said, true);
        try {
            var file = Files.writeString(Files.createTempFile(name, ".kubeconfig"), kubeconfig);
            var code = BulkheadCommand.run(
                    printer,
                    printer,
                    "cluster",
                    "add",
                    name,
                    "--apply",
                    "--hub-kubeconfig",
                    hub.kube().kubeconfig().toString(),
                    "--kubeconfig",
                    file.toString());
            Files.delete(file);
            assertThat(code).as("%s", said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only the Secret, which the TargetCluster goes by. */
    public void kubeconfig(String kubeconfig) {
        var namespaces = hub.client().namespaces();
        if (namespaces.withName(SYSTEM).get() == null) {
            namespaces
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(SYSTEM)
                            .endMetadata()
                            .build())
                    .create();
        }
        hub.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(SYSTEM)
                        .withName(name)
                        .endMetadata()
                        .withStringData(Map.of("kubeconfig", kubeconfig))
                        .build())
                .fieldManager(TestCluster.TESTER)
                .forceConflicts()
                .serverSideApply();
    }

    /** The kubeconfig that the Secret holds now. */
    public String stored() {
        var data = hub.client()
                .secrets()
                .inNamespace(SYSTEM)
                .withName(name)
                .require()
                .getData();
        return new String(Base64.getDecoder().decode(data.get("kubeconfig")), StandardCharsets.UTF_8);
    }

    /** What lives there stays, and the hub's operator no longer tends it. */
    public void leave() {
        hub.delete("targetcluster", name);
        hub.delete("secret", SYSTEM, name);
        await().until(() -> hub.find("targetcluster", name).isEmpty());
    }

    /** The hub forgets it, too: what goes by this name in another class is another cluster. */
    @Override
    public void close() {
        leave();
        hub.client()
                .configMaps()
                .inNamespace(SYSTEM)
                .withName("bulkhead-targets")
                .delete();
    }
}
