package dev.bulkhead.it;

import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What tests of Operations, and of how environments end, have in common. */
public final class Operations {

    private Operations() {}

    /** Something to be done with the environment {@code staging}. */
    static void create(Staging staging, String name, String... fields) {
        staging.cluster().applyYaml(staging.hub(), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {name: %s}
                spec:
                  environmentRef: {name: staging}
                """.formatted(name) + Staging.indented(fields));
    }

    /** Has an entry rotated: the name of the Operation. */
    public static String rotate(Staging staging, String entry) {
        var name = "rotate-" + entry;
        create(staging, name, "action: Rotate", "secrets: {entries: [%s]}".formatted(entry));
        return staging.hub().of(name);
    }

    static Map<String, String> results(TestCluster cluster, String operation) {
        List<Map<String, String>> results = cluster.get("operation", operation).get("status", "results");
        return results.stream().collect(Collectors.toMap(it -> it.get("object"), it -> it.get("text")));
    }

    static void claim(TestCluster cluster, String namespace) {
        cluster.applyYaml("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: database, namespace: %s}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
                """.formatted(namespace));
    }

    /** An environment {@code staging} whose class nobody else uses. */
    static Staging ofItsOwnClass(TestCluster cluster, TestNamespace hub, String... fields) {
        cluster.apply("examples/quickstart/00-platform.yaml", hub);
        cluster.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: %1$s-class}
                spec:
                  hubNamespaces: {}
                  clusters: [local]
                  registries: [registry.example.com]
                %2$s---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: staging, namespace: %1$s}
                spec:
                  classRef: {name: %1$s-class}
                  clusterRef: {name: local}
                  mesh: {provider: None}
                  deletionProtection: Disabled
                  namespaces: [{name: web}, {name: data}]
                """.formatted(hub.name(), Staging.indented(fields)));
        return new Staging(cluster, hub);
    }
}
