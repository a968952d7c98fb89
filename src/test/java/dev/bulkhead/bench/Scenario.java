package dev.bulkhead.bench;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.EnvironmentPlanner;
import dev.bulkhead.environment.NamespacePattern;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An environment as a user writes it, and the same objects as a plan that belongs to nobody, for the plain client.
 *
 * @param environment the Environment, with {@code NAME} in it
 * @param workloads its Workloads, with {@code NAME} in them
 */
record Scenario(String environment, List<String> workloads) {

    static final String HUB = "bench";
    private static final String RAW = "raw";

    private static final String CLASS = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: EnvironmentClass
            metadata:
              name: bench
              annotations: {bulkhead.dev/is-default-class: "true"}
            spec:
              hubNamespaces: {}
              clusters: [local]
              defaultCluster: local
              registries: [registry.example.com]
              roles: {developer: bulkhead-developer, viewer: bulkhead-viewer}
            """;

    private static final String CLUSTER = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: TargetCluster
            metadata: {name: local}
            spec: {local: {}}
            """;

    private static final String HUB_NAMESPACE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: bench}
            """;

    private static final String NAMESPACE =
            "{name: %s, quota: {pods: '20', requests.cpu: '4'}, limits: {default: {memory: 256Mi}, defaultRequest: {cpu: 10m}}}";

    /** One namespace with six objects: quota, limits, two bindings, deny-all and allow-dns. No pods. */
    static Scenario small() {
        return new Scenario(environment("web"), List.of());
    }

    /** The same in another cluster, by a class that allows it. */
    Scenario on(String cluster, String environmentClass) {
        return new Scenario(
                environment + "  classRef: {name: %s}\n  clusterRef: {name: %s}\n".formatted(environmentClass, cluster),
                workloads);
    }

    /** Three namespaces, four workloads and three calls: 41 objects. */
    static Scenario large() {
        return new Scenario(
                environment("web", "api", "data"),
                List.of(
                        workload("frontend", "web", 2, "{workload: api, port: http}"),
                        workload("api", "api", 2, "{workload: db, port: http}, {workload: cache, port: http}"),
                        workload("cache", "data", 1, ""),
                        workload("db", "data", 1, "")));
    }

    private static String environment(String... namespaces) {
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: NAME, namespace: bench}
                spec:
                  namespaces: [%s]
                  access: [{role: developer, groups: [team]}, {role: viewer, groups: [everybody]}]
                """.formatted(String.join(
                ", ", Stream.of(namespaces).map(NAMESPACE::formatted).toList()));
    }

    private static String workload(String name, String namespace, int replicas, String calls) {
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: NAME-%1$s, namespace: bench}
                spec:
                  environmentRef: {name: NAME}
                  name: %1$s
                  targetNamespace: %2$s
                  image: registry.example.com/bench/app:1
                  replicas: %3$d
                  ports: [{name: http, port: 80, targetPort: 8080}]
                  calls: [%4$s]
                """.formatted(name, namespace, replicas, calls);
    }

    /** What a platform team sets up once. */
    static List<HasMetadata> platform() {
        return List.of(
                Serialization.unmarshal(HUB_NAMESPACE, Namespace.class),
                Serialization.unmarshal(CLUSTER, TargetCluster.class),
                Serialization.unmarshal(CLASS, EnvironmentClass.class));
    }

    /** What a user applies, in the order in which the files of a folder would be. */
    List<HasMetadata> resources(String name) {
        return Stream.<HasMetadata>concat(
                        Stream.of(Serialization.unmarshal(environment.replace("NAME", name), Environment.class)),
                        workloads.stream()
                                .map(text -> Serialization.unmarshal(text.replace("NAME", name), Workload.class)))
                .toList();
    }

    /** The objects that the operator makes of it, with another owner, in namespaces of their own. */
    List<Entry.ObjectEntry> objects(String name) {
        var environmentClass =
                Serialization.unmarshal(CLASS, EnvironmentClass.class).getSpec();
        var id = new EnvironmentId(RAW, name);
        var pattern = NamespacePattern.of(environmentClass.namespacePattern());
        var blueprint = new Blueprint(
                new Ownership(RAW, id, RAW),
                Serialization.unmarshal(environment, Environment.class).getSpec(),
                "bench",
                environmentClass,
                new Capabilities("", List.of(), "cluster.local"),
                workloads.stream()
                        .map(text -> Serialization.unmarshal(text, Workload.class))
                        .map(workload -> new WorkloadSlice(
                                workload.getMetadata().getName(),
                                1,
                                workload.name(),
                                pattern.name(id, workload.getSpec().targetNamespace()),
                                workload.getSpec(),
                                Map.of()))
                        .toList(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                Adoptions.NONE);
        return new EnvironmentPlanner()
                .plan(blueprint).entries().stream()
                        .map(Entry.ObjectEntry.class::cast)
                        .toList();
    }

    /** The label that all objects of one raw environment have. */
    static Map<String, String> rawLabels(String name) {
        return Map.of(Ownership.HUB, RAW, Ownership.ENVIRONMENT, name);
    }
}
