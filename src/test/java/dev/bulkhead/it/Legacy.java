package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A namespace in which something runs that kubectl made, in the ways of kubectl. */
record Legacy(TestCluster cluster, String name) {

    static final String PASSWORD = "hunter2-of-the-old-days";

    private static final String OBJECTS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: api, labels: {app: shop-api}}
            spec:
              replicas: 2
              revisionHistoryLimit: 3
              selector: {matchLabels: {app: shop-api}}
              template:
                metadata: {labels: {app: shop-api, tier: back}}
                spec:
                  containers:
                  - name: server
                    image: registry.example.com/bulkhead/testapp:1
                    env: [{name: PASSWORD, value: %s}]
                    ports: [{containerPort: 8080}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: api}
            spec:
              selector: {app: shop-api}
              ports: [{name: web, port: 8000, targetPort: 8080}]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {color: blue}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: files}
            spec:
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 1Mi}}
            """.formatted(PASSWORD);

    /** Made, and marked for adoption, and running. */
    static Legacy running(TestCluster cluster, String name, Path folder) {
        var legacy = made(cluster, name, folder);
        legacy.kubectl("label", "namespace", name, "bulkhead.dev/adoptable=true");
        cluster.eventually(() -> assertThat(legacy.pods()).hasSize(2));
        return legacy;
    }

    static Legacy made(TestCluster cluster, String name, Path folder) {
        var legacy = new Legacy(cluster, name);
        legacy.kubectl("create", "namespace", name);
        legacy.kubectl("apply", "-n", name, "-f", file(folder));
        return legacy;
    }

    GenericKubernetesResource deployment() {
        return cluster.get("deployment", name + "/api");
    }

    List<GenericKubernetesResource> revisions() {
        return cluster.list("replicaset", name).stream()
                .filter(it -> it.getMetadata()
                        .getOwnerReferences()
                        .getFirst()
                        .getName()
                        .equals("api"))
                .toList();
    }

    /** The objects that kubectl made, as they are. */
    List<GenericKubernetesResource> live() {
        return List.of(
                cluster.get("namespace", name), cluster.get("service", name + "/api"),
                cluster.get("configmap", name + "/settings"), cluster.get("persistentvolumeclaim", name + "/files"));
    }

    /** Of what was there, not of what came later. */
    Set<String> pods() {
        return cluster.client().pods().inNamespace(name).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getStatus().getPhase().equals("Running"))
                .map(Pod::getMetadata)
                .filter(metadata -> !metadata.getName().startsWith("frontend"))
                .map(metadata -> metadata.getUid())
                .collect(Collectors.toSet());
    }

    private static String file(Path folder) {
        try {
            return Files.writeString(folder.resolve("legacy.yaml"), OBJECTS).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kubectl(String... arguments) {
        var result = cluster.kubectl(arguments);
        assertThat(result.code()).as(result.errors()).isZero();
    }

    @Override
    public String toString() {
        return name;
    }
}
