package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A secret goes where it is used and nowhere else. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class SecretsIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);
    private static final Path LOG = Path.of("target", "it-logs", "SecretsIT.log");

    private final TestCluster cluster;
    private final OperatorProcess operator;
    private TestNamespace hub;
    private Audit audit;
    private Staging staging;
    private String canary;

    SecretsIT(TestCluster cluster, OperatorProcess operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void aWorkloadThatUsesASecret(TestNamespace hub, Audit audit) {
        this.hub = hub;
        this.audit = audit;
        operator.start();
        staging = Staging.declared(cluster, hub);
        canary = "canary-" + UUID.randomUUID();
        source(canary);
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: staging}
                spec:
                  environmentRef: {name: staging}
                  entries:
                  - {name: token, type: Static, from: {secretRef: {name: source, key: token}}}
                """);
        staging.runs("api", "env: [{name: TOKEN, secretRef: {entry: token}}]");
        cluster.awaitReady("workload", staging.workload("api"));
        cluster.awaitReady("secretscope", staging.name());
        staging.awaitReady();
    }

    @Test
    void aSecretIsPublishedWhereItIsUsedOnly() {
        assertThat(published()).isEqualTo(canary);
        assertThat(cluster.find("secret", staging.data() + "/token")).isEmpty();

        cluster.delete("workload", staging.workload("api"));
        cluster.awaitGone("secret", staging.web() + "/token");
    }

    @Test
    void anotherValueStartsOtherPodsWithIt() {
        var before = staging.podUids("api");

        source("another-" + canary);

        cluster.eventually(() -> assertThat(published()).isEqualTo("another-" + canary));
        cluster.eventually(() -> assertThat(staging.podUids("api")).isNotEmpty().doesNotContainAnyElementsOf(before));
        cluster.awaitReady("workload", staging.workload("api"));
        cluster.awaitReady("secretscope", staging.name());
    }

    @Test
    void aSourceThatIsGoneIsWaitedForWhileAllRunsOn() {
        var before = staging.podUids("api");
        var version =
                cluster.get("secret", staging.web() + "/token").getMetadata().getResourceVersion();

        cluster.delete("secret", hub.name(), "source");
        cluster.awaitCondition("secretscope", staging.name(), "Reconciling", "WaitingForSecret");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(published()).isEqualTo(canary);
        assertThat(staging.holds("environment", staging.name()).type()).isEqualTo("Ready");

        operator.kill();
        audit.mark();
        operator.start();
        cluster.eventually(() -> assertThat(audit.requests())
                .anyMatch(request -> request.userAgent().equals(Audit.OPERATOR)
                        && request.resource().equals("environments")));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(cluster.get("secret", staging.web() + "/token").getMetadata().getResourceVersion())
                .isEqualTo(version);
        assertThat(staging.podUids("api")).isEqualTo(before);

        source(canary);
        cluster.awaitReady("secretscope", staging.name());
        cluster.awaitReady("workload", staging.workload("api"));
        assertThat(staging.podUids("api")).isEqualTo(before);
    }

    @Test
    void aValueIsNowhereButInTheSecretsThemselves() throws IOException, InterruptedException {
        // A plan, a pause, a repair and a bad edit all have something to say about it.
        staging.patch("{\"reconcile\":\"Plan\"}");
        cluster.awaitCondition("environment", staging.name(), "Stalled", "PlanOnly");
        var other = "other-" + canary;
        source(other);
        cluster.eventually(() -> assertThat(cluster.get("environment", staging.name())
                        .<Object>get("status", "plan")
                        .toString())
                .contains("Secret"));
        anywhereBut(other);
        staging.patch("{\"reconcile\":\"Apply\"}");
        staging.awaitReady();
        cluster.patch("secret", staging.web() + "/token", "{\"data\":{\"value\":\"bWFsbG9yeQ==\"}}", "mallory");
        cluster.eventually(() -> assertThat(published()).isEqualTo(other));
        cluster.eventually(() -> assertThat(cluster.events(staging.name()))
                .anyMatch(event -> event.reason().equals("DriftRepaired")));
        cluster.patch("secretscope", staging.name(), """
                {"spec":{"entries":[
                {"name":"token","type":"Static","from":{"secretRef":{"name":"source","key":"token"}}},
                {"name":"more","type":"Static","from":{"secretRef":{"name":"source","key":"more"}}}]}}""");
        cluster.awaitCondition("secretscope", staging.name(), "Reconciling", "WaitingForSecret");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);

        anywhereBut(other);
    }

    private void anywhereBut(String value) throws IOException, InterruptedException {
        var hidden = new String[] {value, base64(value), canary, base64(canary)};
        assertThat(Files.readString(LOG)).isNotEmpty().doesNotContain(hidden);
        assertThat(operator.scrape().text()).contains("bulkhead_environments").doesNotContain(hidden);
        assertThat(everythingElse())
                .contains("Environment", "\"Event\"", "ConfigMap", "ControllerRevision", staging.web())
                .doesNotContain(hidden);
        assertThat(cluster.get("secret", staging.web() + "/token").getMetadata().toString())
                .doesNotContain(hidden);
    }

    /** All objects of all kinds that the cluster serves, Secrets apart. */
    private String everythingElse() {
        var kinds = cluster.kubectl("api-resources", "--verbs=list", "--output=name")
                .output()
                .lines()
                .filter(kind -> !kind.equals("secrets"))
                .collect(Collectors.joining(","));
        var all = cluster.kubectl("get", kinds, "-A", "-o", "json", "--show-managed-fields");
        assertThat(all.code()).as(all.toString()).isZero();
        return all.output();
    }

    private void source(String value) {
        cluster.applyYaml(hub, """
                apiVersion: v1
                kind: Secret
                metadata: {name: source}
                data: {token: %s}
                """.formatted(base64(value)));
    }

    private String published() {
        String value = cluster.get("secret", staging.web() + "/token").get("data", "value");
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
