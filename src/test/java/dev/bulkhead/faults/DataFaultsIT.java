package dev.bulkhead.faults;

import static dev.bulkhead.faults.Match.verb;
import static dev.bulkhead.faults.Match.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.it.Staging;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Answers that are broken or from another time, resources that are poison, and others' webhooks and API services. */
@FaultSuite
class DataFaultsIT {

    private final TestCluster cluster;
    private final Station station;
    private final FaultProxy proxy;
    private Trial trial;
    private Audit audit;
    private Staging staging;

    DataFaultsIT(TestCluster cluster, KubeCluster kube, Station station) {
        this.cluster = cluster;
        this.station = station.at(kube);
        proxy = station.proxy();
    }

    @BeforeEach
    void anEnvironment(TestNamespace hub, Audit audit, Trial trial) {
        this.trial = trial;
        this.audit = audit;
        staging = Staging.declared(cluster, hub);
        staging.runs("api");
        cluster.await("deployment", staging.web(), "api");
        staging.awaitReady();
    }

    @Fault({19, 59})
    @Tag("fast-faults")
    void aValueOfANewerVersionStallsThatResourceAlone() {
        staging.runs("poison");
        cluster.await("deployment", staging.web(), "poison");
        var before = Holdings.of(cluster, staging.web());
        var workloads = Match.anything().kind("Workload");
        proxy.onEvents(workloads, it -> it.isAbout("staging-poison")).rewrite(DataFaultsIT::fromTheFuture);
        proxy.on(verb("list").kind("Workload")).rewriteReply(DataFaultsIT::fromTheFuture);
        staging.patchWorkload("poison", "{\"replicas\":3}");

        var said = staging.awaitWords("workload", staging.workload("poison"), "Unreadable", "spec.type", "Quantum");
        assertThat(said.type()).isEqualTo("Stalled");
        staging.runs("next");
        cluster.await("deployment", staging.web(), "next");
        assertThat(Holdings.of(cluster, staging.web())).containsAllEntriesOf(before);

        // A new process sees nothing else of it.
        station.start();
        staging.patchWorkload("api", "{\"replicas\":2}");
        cluster.await(
                "deployment", staging.web() + "/api", it -> Integer.valueOf(2).equals(it.get("spec", "replicas")));
        assertThat(Holdings.of(cluster, staging.web())).containsAllEntriesOf(before);

        proxy.heal();
        station.start();
        trial.faultIsOver();
        cluster.await("deployment", staging.web() + "/poison", it -> Integer.valueOf(3)
                .equals(it.get("spec", "replicas")));
        well();
    }

    @Fault(19)
    void anAnswerThatIsCutShortIsAskedForAgain() {
        var rule = proxy.on(write().in(staging.web())).times(4).truncateReply(100);
        trial.faultIsOver();
        staging.patch("{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"9\"}},{\"name\":\"data\"}]}");

        cluster.eventually(() -> assertThat(rule.hits()).isPositive());
        cluster.await("resourcequota", staging.web() + "/web", it -> "9".equals(it.get("spec", "hard", "pods")));
        well();
    }

    @Fault(40)
    void aNamespaceThatCannotGoIsNamedAndTheEnvironmentGoesWhenItHasGone() {
        cluster.applyYaml("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: held, namespace: %s, finalizers: [example.com/hold]}
                """.formatted(staging.data()));
        cluster.patch("environment", staging.name(), "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
        cluster.delete("environment", staging.name());

        cluster.awaitGone("namespace", staging.web());
        cluster.eventually(() -> assertThat(
                        cluster.conditions("environment", staging.name()).toString())
                .contains(staging.data(), "being deleted"));
        audit.mark();
        Trial.pause(Duration.ofSeconds(8));
        assertThat(staging.writes(audit)).hasSizeLessThan(8);

        cluster.patch("configmap", staging.data() + "/held", "{\"metadata\":{\"finalizers\":null}}");
        trial.faultIsOver();
        cluster.awaitGone("environment", staging.name());
        trial.recovered();
        assertThat(cluster.find("namespace", staging.data())).isEmpty();
    }

    @Fault(55)
    void aWebhookThatIsDownIsNamedAndEndsNothingElse() {
        cluster.applyYaml("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: %1$s-down}
                webhooks:
                - name: down.example.com
                  clientConfig: {url: "https://127.0.0.1:9/validate"}
                  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
                  rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [services]}]
                  failurePolicy: Fail
                  timeoutSeconds: 1
                  sideEffects: None
                  admissionReviewVersions: [v1]
                """.formatted(staging.web()));
        try {
            cluster.eventually(
                    () -> assertThatThrownBy(() -> cluster.dryRun(staging.hub(), """
                            apiVersion: v1
                            kind: Service
                            metadata: {name: probe, namespace: %s}
                            spec: {ports: [{port: 1}]}
                            """.formatted(staging.web())))
                            .isInstanceOf(KubernetesClientException.class));
            staging.runs("late");

            staging.awaitWords("workload", staging.workload("late"), "down.example.com");
            assertThat(cluster.find("deployment", staging.web() + "/api")).isPresent();
            cluster.delete("workload", staging.workload("api"));
            cluster.awaitGone("deployment", staging.web() + "/api");
        } finally {
            cluster.delete("validatingwebhookconfiguration", staging.web() + "-down");
        }
        trial.faultIsOver();
        well();
    }

    @Fault(59)
    void aPoisonousResourceIsRefusedOrStallsAlone() {
        assertThatThrownBy(() -> cluster.applyYaml(staging.hub(), """
                        apiVersion: bulkhead.dev/v1alpha1
                        kind: Workload
                        metadata: {name: %s}
                        spec:
                          environmentRef: {name: staging}
                          targetNamespace: web
                          image: registry.example.com/bulkhead/testapp:1
                        """.formatted("w".repeat(240))))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("name");
        cluster.applyYaml(staging.hub(), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: NetworkPolicySet
                metadata: {name: catastrophic}
                spec:
                  environmentRef: {name: staging}
                  egress: [{from: [{workload: api}], to: {cidr: "203.0.113.0/24"}, ports: [443]}]
                """);
        trial.faultIsOver();

        staging.awaitWords("networkpolicyset", staging.hub().of("catastrophic"), "Stalled", "203.0.113.0/24");
        staging.patchWorkload("api", "{\"replicas\":2}");
        cluster.await(
                "deployment", staging.web() + "/api", it -> Integer.valueOf(2).equals(it.get("spec", "replicas")));
        well();
    }

    @Fault(57)
    void whatANewerDefinitionAddedSurvivesOurWrites() {
        // The definition learns a field that we don't know, as before a downgrade.
        var definition = "workloads.bulkhead.dev";
        var path = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/quantumLevel";
        jsonPatch(definition, "[{\"op\":\"add\",\"path\":\"%s\",\"value\":{\"type\":\"integer\"}}]".formatted(path));
        try {
            cluster.eventually(() -> {
                staging.patchWorkload("api", "{\"quantumLevel\":7}");
                assertThat(cluster.get("workload", staging.workload("api")).<Object>get("spec", "quantumLevel"))
                        .isEqualTo(7);
            });
            staging.patchWorkload("api", "{\"replicas\":2}");
            cluster.await("deployment", staging.web() + "/api", it -> Integer.valueOf(2)
                    .equals(it.get("spec", "replicas")));
            cluster.awaitReady("workload", staging.workload("api"));

            assertThat(cluster.get("workload", staging.workload("api")).<Object>get("spec", "quantumLevel"))
                    .isEqualTo(7);
        } finally {
            jsonPatch(definition, "[{\"op\":\"remove\",\"path\":\"%s\"}]".formatted(path));
        }
        trial.faultIsOver();
        staging.patchWorkload("api", "{\"replicas\":1}");
        cluster.await(
                "deployment", staging.web() + "/api", it -> Integer.valueOf(1).equals(it.get("spec", "replicas")));
        well();
    }

    /** Only the poison is anything but what it was: its replicas tell it from the others. */
    private static String fromTheFuture(String text) {
        var at = text.indexOf("\"name\":\"staging-poison\"");
        if (at < 0) {
            return text;
        }
        var type = text.indexOf("\"type\":\"Stateless\"", at);
        return type < 0
                ? text
                : text.substring(0, type) + "\"type\":\"Quantum\""
                        + text.substring(type + "\"type\":\"Stateless\"".length());
    }

    private void jsonPatch(String definition, String patch) {
        var result = cluster.kubectl("patch", "crd", definition, "--type=json", "-p", patch);
        assertThat(result.code()).as(result.toString()).isZero();
    }

    private void well() {
        staging.awaitReady();
        trial.recovered();
    }
}
