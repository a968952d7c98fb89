package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A folder may be applied in any order, and whatever is missing heals when it comes. */
@BulkheadTest
class OrderIT {

    private static final int ORDERS = 4;

    /** What there is of one environment, each a file: {@code %1$s} is the environment, {@code %2$s} the hub namespace. */
    private static final List<String> FILES = List.of("""
            apiVersion: bulkhead.dev/v1alpha1
            kind: EnvironmentClass
            metadata: {name: %2$s-%1$s}
            spec:
              hubNamespaces: {matchLabels: {bulkhead.dev/team: "true"}}
              clusters: ["%2$s-%1$s"]
            """, """
            apiVersion: bulkhead.dev/v1alpha1
            kind: TargetCluster
            metadata: {name: %2$s-%1$s}
            spec: {local: {}}
            """, """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Environment
            metadata: {name: %1$s}
            spec:
              classRef: {name: %2$s-%1$s}
              clusterRef: {name: %2$s-%1$s}
              mesh: {provider: None}
              namespaces: [{name: web, quota: {pods: "5"}}, {name: data}]
            """, """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Workload
            metadata: {name: %1$s-frontend}
            spec:
              environmentRef: {name: %1$s}
              name: frontend
              targetNamespace: web
              selector: {app: frontend}
              ports: [{name: http, port: 80}]
              calls: [{workload: api, port: http}]
            """, """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Workload
            metadata: {name: %1$s-api}
            spec:
              environmentRef: {name: %1$s}
              name: api
              targetNamespace: web
              selector: {app: api}
              ports: [{name: http, port: 80}]
              secrets: [{entry: token}]
              calls: [{workload: db, port: sql}]
            """, """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Workload
            metadata: {name: %1$s-db}
            spec:
              environmentRef: {name: %1$s}
              name: db
              targetNamespace: data
              selector: {app: db}
              ports: [{name: sql, port: 5432}]
            """, """
            apiVersion: bulkhead.dev/v1alpha1
            kind: NetworkPolicySet
            metadata: {name: %1$s}
            spec:
              environmentRef: {name: %1$s}
              allow: [{from: [{workload: frontend}], to: {workload: db, port: sql}}]
            """, """
            apiVersion: bulkhead.dev/v1alpha1
            kind: SecretScope
            metadata: {name: %1$s}
            spec:
              environmentRef: {name: %1$s}
              entries: [{name: token, type: Static, from: {secretRef: {name: "%1$s", key: token}}}]
            """, """
            apiVersion: v1
            kind: Secret
            metadata: {name: %1$s}
            stringData: {token: an example}
            """);

    private final TestCluster cluster;

    /** @param operator nothing is asked of it, but it has to run */
    OrderIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @Test
    void everyOrderEndsInTheSameState(TestNamespace hub) {
        var seed = new Random().nextLong();
        System.out.printf("OrderIT: the seed is %d%n", seed);
        var random = new Random(seed);
        apply(hub, "order-first", FILES);
        awaitReady(hub, "order-first");
        var expected = state(hub, "order-first");
        assertThat(expected).hasSizeGreaterThan(10);

        for (var i = 0; i < ORDERS; i++) {
            var environment = "order-" + i;
            var files = new ArrayList<>(FILES);
            Collections.shuffle(files, random);
            apply(hub, environment, files);
            awaitReady(hub, environment);

            assertThat(state(hub, environment)).as("seed %d, order %d", seed, i).isEqualTo(expected);
        }
        forget(hub);
    }

    @Test
    void aClassAndAClusterThatComeLastHealWhatWaitsForThem(TestNamespace hub) {
        apply(hub, "late", FILES.subList(2, FILES.size()));
        cluster.awaitCondition("environment", hub.of("late"), "Reconciling", "WaitingForClass");

        apply(hub, "late", FILES.subList(0, 1));
        cluster.awaitCondition("environment", hub.of("late"), "Reconciling", "WaitingForCluster");
        assertThat(cluster.find("namespace", hub + "-late-web")).isEmpty();

        apply(hub, "late", FILES.subList(1, 2));
        awaitReady(hub, "late");
        forget(hub);
    }

    private void apply(TestNamespace hub, String environment, List<String> files) {
        files.forEach(file -> cluster.applyYaml(hub, file.formatted(environment, hub)));
    }

    private void awaitReady(TestNamespace hub, String environment) {
        for (var workload : List.of("frontend", "api", "db")) {
            cluster.awaitReady("workload", hub.of(environment + "-" + workload));
        }
        cluster.awaitReady("networkpolicyset", hub.of(environment));
        cluster.awaitReady("secretscope", hub.of(environment));
        cluster.awaitReady(hub.of(environment));
    }

    /** Everything in the target: kind and name → what is asked for. The name of the environment is left out. */
    private Map<String, String> state(TestNamespace hub, String environment) {
        var state = new TreeMap<String, String>();
        for (var namespace : List.of(hub + "-" + environment + "-web", hub + "-" + environment + "-data")) {
            Stream.of(
                            "networkpolicy",
                            "service",
                            "serviceaccount",
                            "secret",
                            "configmap",
                            "resourcequota",
                            "limitrange",
                            "rolebinding")
                    .flatMap(kind -> cluster.list(kind, namespace).stream())
                    .filter(OrderIT::isOurs)
                    .forEach(object -> state.put(
                            "%s %s/%s"
                                    .formatted(
                                            object.getKind(),
                                            namespace,
                                            object.getMetadata().getName())
                                    .replace(environment, "environment"),
                            asked(object).replace(environment, "environment")));
            var labels = cluster.get("namespace", namespace).getMetadata().getLabels();
            state.put(
                    "Namespace " + namespace.replace(environment, "environment"),
                    labels.keySet().toString());
        }
        return state;
    }

    private static boolean isOurs(GenericKubernetesResource object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && "bulkhead".equals(labels.get("app.kubernetes.io/managed-by"));
    }

    private static String asked(GenericKubernetesResource object) {
        var fields = new TreeMap<>(object.getAdditionalProperties());
        fields.remove("status");
        if (fields.get("spec") instanceof Map<?, ?> spec) {
            // The address of a Service is the API server's to choose.
            spec.remove("clusterIP");
            spec.remove("clusterIPs");
        }
        return fields.toString();
    }

    /** Of the cluster-scoped objects nobody else takes care. */
    private void forget(TestNamespace hub) {
        cluster.list("environment", hub.name()).forEach(environment -> {
            var name = hub.of(environment.getMetadata().getName());
            cluster.patch("environment", name, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
            cluster.delete("environment", name);
            cluster.awaitGone("environment", name);
            cluster.delete(
                    "environmentclass", hub + "-" + environment.getMetadata().getName());
            cluster.delete(
                    "targetcluster", hub + "-" + environment.getMetadata().getName());
        });
    }
}
