package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.SeenCondition;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An environment {@code staging} with the namespaces {@code web} and {@code data}, in a test's own hub namespace. */
public record Staging(TestCluster cluster, TestNamespace hub) {

    private static final List<String> VERDICTS = List.of("Ready", "Reconciling", "Stalled");

    /** Declares it, and waits for nothing. */
    public static Staging declared(TestCluster cluster, TestNamespace hub, String... fields) {
        return with(cluster, hub, "{name: web}, {name: data}", fields);
    }

    /** With other namespaces than those two. */
    public static Staging with(TestCluster cluster, TestNamespace hub, String namespaces, String... fields) {
        cluster.apply("examples/quickstart/00-platform.yaml", hub);
        var staging = new Staging(cluster, hub);
        staging.declare("staging", namespaces, fields);
        return staging;
    }

    /** Another environment of the same hub namespace, small: its name. */
    public static String beside(Staging staging, String name) {
        staging.declare(name, "{name: web}");
        return staging.hub.of(name);
    }

    private void declare(String name, String namespaces, String... fields) {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: %s}
                spec:
                  classRef: {name: standard}
                  clusterRef: {name: local}
                  mesh: {provider: None}
                  namespaces: [%s]
                """.formatted(name, namespaces) + indented(fields));
    }

    /** Waits until the environments of tests before have gone, where what the operator does about them would be in the way. */
    static void awaitThoseThatLeave(TestCluster cluster) {
        var environments = cluster.client()
                .genericKubernetesResources("bulkhead.dev/v1alpha1", "Environment")
                .inAnyNamespace();
        cluster.eventually(() -> assertThat(environments.list().getItems())
                .allMatch(it -> it.getMetadata().getDeletionTimestamp() == null));
    }

    public String name() {
        return hub.of("staging");
    }

    public String web() {
        return hub + "-staging-web";
    }

    public String data() {
        return hub + "-staging-data";
    }

    public void patch(String spec) {
        cluster.patch("environment", name(), "{\"spec\":%s}".formatted(spec));
    }

    /** As whoever released it takes it back: the mark goes, and nothing else is said. */
    void takeUpAgain() {
        cluster.patch("environment", name(), "{\"metadata\":{\"annotations\":{\"bulkhead.dev/released\":null}}}");
    }

    public void awaitReady() {
        cluster.awaitReady(name());
    }

    /** Waits until a workload's Deployment is there and the environment is in order, but for pods that need a node. */
    void awaitReadyOrRolling(String workload) {
        cluster.await("deployment", web(), workload);
        cluster.eventually(
                () -> assertThat(holds("environment", name()).reason()).isIn("Ready", "WorkloadsNotReady"));
    }

    /** The Deployment, its pod template and its ReplicaSets: equal, and nothing was rolled. */
    List<Object> rollout(String workload) {
        var deployment = deployment(workload);
        cluster.eventually(() -> assertThat(cluster.list("replicaset", web())).isNotEmpty());
        return List.of(
                deployment.getMetadata().getUid(),
                deployment.get("spec", "template"),
                cluster.list("replicaset", web()).stream()
                        .map(it -> it.getMetadata().getUid())
                        .sorted()
                        .toList());
    }

    /** A workload of {@code web} that runs the test service. */
    public String runs(String workload, String... fields) {
        return declares(
                workload,
                "image: registry.example.com/bulkhead/testapp:1\n  resources: "
                        + "{requests: {cpu: 10m, memory: 16Mi}}\n" + indented(fields));
    }

    /** A workload of {@code web} whose pods others deliver: it is Ready without a node. */
    public String surrounds(String workload, String... fields) {
        return declares(workload, "selector: {app: %s}\n".formatted(workload) + indented(fields));
    }

    /** Its SecretScope, which has its name. */
    public Scope keeps(String... fields) {
        return Scope.declared(cluster, hub, "staging", fields);
    }

    private String declares(String workload, String fields) {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: staging-%1$s}
                spec:
                  environmentRef: {name: staging}
                  name: %1$s
                  targetNamespace: web
                  ports: [{name: http, port: 80, targetPort: 8080}]
                  %2$s
                """.formatted(workload, fields.stripTrailing()));
        return workload(workload);
    }

    /** The name of its resource. */
    public String workload(String workload) {
        return hub.of("staging-" + workload);
    }

    public void patchWorkload(String workload, String spec) {
        cluster.patch("workload", workload(workload), "{\"spec\":%s}".formatted(spec));
    }

    public GenericKubernetesResource deployment(String workload) {
        return cluster.get("deployment", web() + "/" + workload);
    }

    /** What the operator keeps in mind of it. */
    public List<ConfigMap> inventories() {
        return cluster.client()
                .configMaps()
                .inNamespace("bulkhead-system")
                .withLabel("bulkhead.dev/hub-namespace", hub.name())
                .list()
                .getItems();
    }

    /** What the operator wrote that has to do with it; environments of tests before may still be on their way out. */
    public List<AuditRequest> writes(Audit audit) {
        return audit.writes(Audit.OPERATOR).stream()
                .filter(write -> write.uri().contains(hub.name()))
                .toList();
    }

    /** Pods of a workload that aren't on their way out. */
    public List<Pod> pods(String workload) {
        return cluster
                .client()
                .pods()
                .inNamespace(web())
                .withLabel("bulkhead.dev/workload", workload)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    public Set<String> podUids(String workload) {
        return pods(workload).stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    }

    /** Waits until the one condition that holds of an object, for its current generation, says all of these words. */
    public SeenCondition awaitWords(String kind, String object, String... words) {
        cluster.eventually(() -> assertThat(holds(kind, object))
                .as("%s %s", kind, object)
                .satisfies(condition -> assertThat(condition.toString()).contains(words)));
        return holds(kind, object);
    }

    /** Whichever of Ready, Reconciling and Stalled is True for the current generation. */
    public SeenCondition holds(String kind, String object) {
        var found = cluster.get(kind, object);
        return SeenCondition.of(found).stream()
                .filter(condition -> VERDICTS.contains(condition.type()) && condition.isTrue())
                .filter(condition ->
                        condition.observedGeneration() == found.getMetadata().getGeneration())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing holds of %s %s for generation %d"
                        .formatted(kind, object, found.getMetadata().getGeneration())));
    }

    /** As fields of a spec. */
    static String indented(String... fields) {
        return List.of(fields).stream().map("  %s\n"::formatted).collect(Collectors.joining());
    }
}
