package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kubectl made by hand is taken over: looked at first, then kept as it is, then made as planned. A minute. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class AdoptIT {

    private static final Duration A_WHILE = Duration.ofSeconds(2);
    private final TestCluster cluster;
    private final OperatorUnderTest operator;

    @TempDir
    private Path folder;

    private TestNamespace hub;
    private Audit audit;
    private Legacy legacy;

    AdoptIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void somethingThatRuns(TestNamespace hub, Audit audit) {
        operator.start();
        this.hub = hub;
        this.audit = audit;
        legacy = Legacy.running(cluster, hub + "-legacy", folder);
        cluster.apply("examples/quickstart/00-platform.yaml", hub);
        cluster.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: %1$s}
                spec:
                  hubNamespaces: {matchLabels: {bulkhead.dev/team: "true"}}
                  clusters: [local]
                  defaultCluster: local
                  ceilings: {pods: "20"}
                  adoptableNamespaces: [%1$s]
                """.formatted(legacy));
        audit.mark();
    }

    @AfterEach
    void theClassGoesToo() {
        cluster.delete("environmentclass", legacy.name());
    }

    @Test
    void aPreviewWritesNothingAndTellsWhatDiffers() {
        declare();
        cluster.awaitCondition("environment", hub.of("staging"), "Stalled", "ForeignObject");
        var before = legacy.live();

        var results = results(adopt("Preview"));

        assertThat(results)
                .contains(
                        "Deployment %s/api: would be taken".formatted(legacy),
                        "Service %s/api: would be taken".formatted(legacy),
                        "Namespace %s: would be taken".formatted(legacy),
                        "Deployment %s/api: with Apply: spec.replicas: 2 becomes 1".formatted(legacy),
                        "Deployment %s/api: with Apply: spec.revisionHistoryLimit: 3 becomes 10".formatted(legacy),
                        "Deployment %s/api: with Apply: spec.template.spec.containers[server]: goes".formatted(legacy),
                        "Deployment %s/api: with Apply: its pods are replaced, one after the other".formatted(legacy),
                        "Service %s/api: with Apply: spec.ports[http]: is added".formatted(legacy),
                        "Service %s/api: with Apply: spec.ports[web]: goes".formatted(legacy),
                        "ConfigMap %s/settings: not taken: nothing plans it. It stays".formatted(legacy))
                .noneMatch(it -> it.contains(Legacy.PASSWORD))
                .noneMatch(it -> it.contains("progressDeadlineSeconds"));
        assertThat(legacy.live()).isEqualTo(before);
        assertThat(writesTo(legacy.name())).as("what was kept; dry runs aside").isEmpty();
    }

    @Test
    void whatIsKeptRestartsNoPodAndBelongsToTheEnvironment() {
        declare();
        var pods = legacy.pods();
        var template = legacy.deployment().<Object>get("spec", "template");

        var results = results(adopt("Keep"));

        assertThat(results).contains("Deployment %s/api: taken, and kept as it was found".formatted(legacy));
        cluster.awaitReady(hub.of("staging"));
        cluster.awaitReady("workload", hub.of("api"));
        assertThat(cluster.conditions("environment", hub.of("staging"))
                        .get("Ready")
                        .message())
                .contains("3 of them kept as they were found");
        assertThat(legacy.pods()).isEqualTo(pods);
        assertThat(legacy.deployment().<Object>get("spec", "template")).isEqualTo(template);
        assertThat(legacy.deployment().<Integer>get("spec", "replicas")).isEqualTo(2);
        assertThat(legacy.deployment().getMetadata().getLabels())
                .containsEntry("bulkhead.dev/environment", "staging")
                .containsEntry("app", "shop-api");
        assertThat(cluster.get("networkpolicy", legacy + "/api.from.frontend.http")
                        .<Object>get("spec", "podSelector", "matchLabels"))
                .as("the wall knows the pods by the labels that they have")
                .isEqualTo(Map.of("app", "shop-api"));

        cluster.delete("networkpolicy", legacy.name(), "deny-all");
        cluster.await("networkpolicy", legacy.name(), "deny-all");
        cluster.patch("deployment", legacy + "/api", "{\"metadata\":{\"labels\":{\"bulkhead.dev/environment\":null}}}");
        cluster.await("deployment", legacy + "/api", it -> it.getMetadata()
                .getLabels()
                .containsKey("bulkhead.dev/environment"));
        cluster.awaitReady(hub.of("staging"));

        cluster.patch("workload", hub.of("api"), "{\"spec\":{\"replicas\":3}}");
        cluster.awaitCondition("workload", hub.of("api"), "Stalled", "KeptAsFound");
        assertThat(legacy.pods()).isEqualTo(pods);
    }

    @Test
    void whatIsTakenOverRollsOnceAndLosesWhatWasSetByHand() {
        declare();
        adopt("Keep");
        cluster.awaitReady(hub.of("staging"));
        assertThat(legacy.revisions()).hasSize(1);

        adopt("Apply");

        cluster.awaitReady(hub.of("staging"));
        cluster.awaitReady("workload", hub.of("api"));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        var after = legacy.deployment();
        assertThat(legacy.revisions()).as("one rolling update").hasSize(2);
        assertThat(after.<List<Map<String, Object>>>get("spec", "template", "spec", "containers"))
                .extracting(it -> it.get("name"))
                .containsExactly("api");
        assertThat(after.<Object>get("spec", "selector", "matchLabels")).isEqualTo(Map.of("app", "shop-api"));
        assertThat(after.<Integer>get("spec", "replicas")).isEqualTo(1);
        assertThat(after.<Integer>get("spec", "revisionHistoryLimit")).isEqualTo(10);
        assertThat(after.getMetadata().getAnnotations())
                .doesNotContainKey("kubectl.kubernetes.io/last-applied-configuration");
        assertThat(after.getMetadata().getManagedFields())
                .noneMatch(it -> it.getManager().startsWith("kubectl")
                        && it.getFieldsV1().toString().contains("f:template"));
        assertThat(cluster.get("service", legacy + "/api").<List<Map<String, Object>>>get("spec", "ports"))
                .extracting(it -> it.get("name"))
                .containsExactly("http");

        legacy.kubectl("annotate", "-n", legacy.name(), "deployment", "api", "example.com/note=mine");
        cluster.patch("deployment", legacy + "/api", "{\"spec\":{\"replicas\":3}}");
        cluster.await("deployment", legacy + "/api", it -> it.<Integer>get("spec", "replicas") == 1);
        assertThat(legacy.deployment().getMetadata().getAnnotations())
                .as("from now on what others add is theirs")
                .containsEntry("example.com/note", "mine");
    }

    @Test
    void whatWasKeptIsKnownAgainWhenTheInventoryIsLost() {
        declare();
        adopt("Keep");
        cluster.awaitReady(hub.of("staging"));
        var pods = legacy.pods();
        var ports = cluster.get("service", legacy + "/api").<Object>get("spec", "ports");

        operator.stop();
        cluster.client()
                .configMaps()
                .inNamespace("bulkhead-system")
                .withLabel("bulkhead.dev/hub-namespace", hub.name())
                .delete();
        operator.start();
        cluster.patch("environment", hub.of("staging"), "{\"spec\":{\"access\":[]}}");
        cluster.delete("networkpolicy", legacy.name(), "deny-all");
        cluster.await("networkpolicy", legacy.name(), "deny-all");

        cluster.awaitReady(hub.of("staging"));
        assertThat(legacy.pods()).isEqualTo(pods);
        assertThat(legacy.revisions()).hasSize(1);
        assertThat(cluster.get("service", legacy + "/api").<Object>get("spec", "ports"))
                .isEqualTo(ports);
        assertThat(cluster.get("networkpolicy", legacy + "/api.from.frontend.http")
                        .<Object>get("spec", "podSelector", "matchLabels"))
                .isEqualTo(Map.of("app", "shop-api"));
    }

    @Test
    void whatIsTakenOverAtOnceIsAsIfItHadBeenKeptBefore() {
        declare();

        adopt("Apply");

        cluster.awaitReady(hub.of("staging"));
        assertThat(legacy.revisions()).as("one rolling update").hasSize(2);
        assertThat(legacy.deployment().<List<Map<String, Object>>>get("spec", "template", "spec", "containers"))
                .extracting(it -> it.get("name"))
                .containsExactly("api");
    }

    @Test
    void anEnvironmentThatGoesLeavesTheNamespaceAndWhatNobodyPlanned() {
        declare();
        adopt("Keep");
        cluster.awaitReady(hub.of("staging"));
        cluster.delete("persistentvolumeclaim", legacy.name(), "files");

        cluster.delete("environment", hub.of("staging"));

        cluster.awaitGone("environment", hub.of("staging"));
        assertThat(cluster.get("namespace", legacy.name()).getMetadata().getDeletionTimestamp())
                .isNull();
        assertThat(cluster.get("namespace", legacy.name()).getMetadata().getLabels())
                .containsEntry("bulkhead.dev/kept", "true");
        assertThat(cluster.find("configmap", legacy + "/settings")).isPresent();
        assertThat(cluster.find("networkpolicy", legacy + "/deny-all")).isEmpty();
    }

    @Test
    void podsThatNoWorkloadIsAboutStandInTheWay() {
        legacy.kubectl(
                "create",
                "-n",
                legacy.name(),
                "deployment",
                "stray",
                "--image=registry.example.com/bulkhead/testapp:1");
        cluster.eventually(() -> assertThat(legacy.pods()).hasSize(3));
        declare();
        audit.mark();

        var operation = adopt("Keep", "Stalled", "OperationRefused");

        assertThat(results(operation))
                .anyMatch(it -> it.contains("in the way: 1 running pods are in no Workload") && it.contains("stray-"));
        assertThat(writesTo(legacy.name())).isEmpty();
        assertThat(cluster.find("networkpolicy", legacy + "/deny-all")).isEmpty();
    }

    @Test
    void onlyWhatTheClassListsAndTheEnvironmentNamesIsLookedAt() {
        declare();
        legacy.kubectl("create", "namespace", legacy + "-other");

        var operation = adopt(legacy + "-other", "Keep", "Stalled", "OperationRefused");

        assertThat(results(operation))
                .singleElement()
                .asString()
                .contains("no namespace of environment %s/staging has it as existingName".formatted(hub));
        cluster.patch("environmentclass", legacy.name(), "{\"spec\":{\"adoptableNamespaces\":[]}}");
        cluster.awaitCondition("environment", hub.of("staging"), "Stalled", "NamespaceNotAdoptable");
    }

    @Test
    void whatBelongsToAnotherEnvironmentIsLeftToIt() {
        declare();
        adopt("Keep");
        cluster.awaitReady(hub.of("staging"));
        declare("rival");

        var operation = adopt("rival", legacy.name(), "Apply", "Stalled", "OperationRefused");

        assertThat(results(operation))
                .anyMatch(it -> it.startsWith(
                        "Namespace %s: in the way: it belongs to environment %s/staging".formatted(legacy, hub)));
        cluster.awaitReady(hub.of("staging"));
    }

    private void declare() {
        declare("staging");
        for (var workload : List.of("api", "frontend")) {
            cluster.applyYaml(
                    hub, """
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: Workload
                    metadata: {name: %1$s}
                    spec:
                      environmentRef: {name: staging}
                      targetNamespace: web
                      image: registry.example.com/bulkhead/testapp:1
                      ports: [{name: http, port: 80, targetPort: 8080}]
                      calls: %2$s
                    """.formatted(workload, workload.equals("api") ? "[]" : "[{workload: api, port: http}]"));
        }
    }

    private void declare(String environment) {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: %1$s}
                spec:
                  classRef: {name: %2$s}
                  deletionProtection: Disabled
                  namespaces: [{name: web, existingName: %2$s}]
                """.formatted(environment, legacy));
    }

    private GenericKubernetesResource adopt(String mode) {
        return adopt(mode, "Ready", "Succeeded");
    }

    private GenericKubernetesResource adopt(String mode, String condition, String reason) {
        return adopt(legacy.name(), mode, condition, reason);
    }

    private GenericKubernetesResource adopt(String namespace, String mode, String condition, String reason) {
        return adopt("staging", namespace, mode, condition, reason);
    }

    private GenericKubernetesResource adopt(
            String environment, String namespace, String mode, String condition, String reason) {
        var name = "adopt-" + mode.toLowerCase(Locale.ROOT);
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {name: %s}
                spec: {action: Adopt, environmentRef: {name: %s}, adopt: {namespaces: [%s], mode: %s}}
                """.formatted(name, environment, namespace, mode));
        cluster.awaitCondition("operation", hub.of(name), condition, reason);
        return cluster.get("operation", hub.of(name));
    }

    private static List<String> results(GenericKubernetesResource operation) {
        return operation.<List<Map<String, Object>>>get("status", "results").stream()
                .map(it -> "%s: %s".formatted(it.get("object"), it.get("text")))
                .toList();
    }

    private List<AuditRequest> writesTo(String namespace) {
        return audit.writes(Audit.OPERATOR).stream()
                .filter(write ->
                        write.namespace().equals(namespace) || write.name().equals(namespace))
                .filter(write -> !write.group().equals("bulkhead.dev"))
                .toList();
    }
}
