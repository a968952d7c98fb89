package dev.bulkhead.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    /** What lives there stays, and the hub's operator no longer tends it. */
    public void leave() {
        hub.delete("targetcluster", name);
        hub.delete("secret", SYSTEM, name);
        await().until(() -> hub.find("targetcluster", name).isEmpty());
    }

    @Override
    public void close() {
        leave();
    }
}
