package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bad edit costs nobody what runs, and what is deleted goes: all of it, but never the data. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class LastGoodIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final TestCluster cluster;
    private final OperatorUnderTest operator;
    private TestNamespace hub;
    private Audit audit;
    private Staging staging;

    LastGoodIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void twoWorkloads(TestNamespace hub, Audit audit) {
        this.hub = hub;
        this.audit = audit;
        operator.start();
        staging = Staging.declared(cluster, hub);
        staging.runs("api");
        staging.runs("frontend", "calls: [{workload: api, port: http}]");
        cluster.awaitReady("workload", staging.workload("api"));
        cluster.awaitReady("workload", staging.workload("frontend"));
        staging.awaitReady();
    }

    @Test
    void anImageThatIsRefusedLeavesTheLastGoodVersionRunningEvenAfterARestart() {
        var before = staging.podUids("api");
        var good = generation("api");

        staging.patchWorkload("api", "{\"image\":\"elsewhere.example.org/api:2\"}");
        cluster.awaitCondition("workload", staging.workload("api"), "Stalled", "ImageNotAllowed");
        assertThat(staging.podUids("api")).isEqualTo(before);
        assertThat(staging.holds("workload", staging.workload("frontend")).type())
                .isEqualTo("Ready");
        cluster.eventually(() -> assertThat(live("api")).isEqualTo(good));

        operator.stop();
        audit.mark();
        operator.start();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(staging.writes(audit)).isEmpty();
        assertThat(staging.podUids("api")).isEqualTo(before);
        assertThat(staging.holds("workload", staging.workload("api")).reason()).isEqualTo("ImageNotAllowed");
        // What is repaired is repaired to the last good version, which nothing but the revision still knows.
        cluster.delete("deployment", staging.web(), "api");
        assertThat(image(cluster.await("deployment", staging.web(), "api"))).endsWith("/testapp:1");

        staging.patchWorkload("api", """
                {"image":"registry.example.com/bulkhead/testapp:1","env":[{"name":"LOG_LEVEL","value":"debug"}]}""");
        cluster.awaitReady("workload", staging.workload("api"));
        assertThat(staging.deployment("api").toString()).contains("LOG_LEVEL");
        cluster.eventually(() -> assertThat(live("api")).isEqualTo(generation("api")));
        staging.awaitReady();
    }

    @Test
    void aCallToNobodyKeepsTheHolesThatThereAre() {
        var before = policies();
        var good = generation("frontend");

        staging.patchWorkload("frontend", "{\"calls\":[{\"workload\":\"nobody\",\"port\":\"http\"}]}");
        cluster.awaitCondition("workload", staging.workload("frontend"), "Reconciling", "WaitingForWorkload");

        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(policies()).isEqualTo(before);
        assertThat(live("frontend")).isEqualTo(good);
        assertThat(staging.holds("workload", staging.workload("api")).type()).isEqualTo("Ready");

        staging.patchWorkload("frontend", "{\"calls\":[]}");
        cluster.awaitReady("workload", staging.workload("frontend"));
        assertThat(policies()).isNotEqualTo(before);
    }

    @Test
    void aDeletedWorkloadTakesAllThatIsItsOwnAlong() {
        cluster.delete("workload", staging.workload("frontend"));

        for (var kind : List.of("deployment", "service", "serviceaccount")) {
            cluster.awaitGone(kind, staging.web() + "/frontend");
            assertThat(cluster.find(kind, staging.web() + "/api")).as(kind).isPresent();
        }
        cluster.eventually(() -> assertThat(policies().keySet()).noneMatch(name -> name.contains("frontend")));
        cluster.eventually(() -> assertThat(staging.inventories().toString()).doesNotContain("\"frontend\""));
        staging.awaitReady();
    }

    @Test
    void aDeletedEnvironmentLeavesNothing() {
        assertThat(staging.inventories()).hasSize(1);

        end();

        cluster.awaitGone("namespace", staging.web());
        cluster.awaitGone("namespace", staging.data());
        assertThat(staging.inventories()).isEmpty();
        cluster.awaitCondition("workload", staging.workload("api"), "Reconciling", "WaitingForEnvironment");
    }

    @Test
    void aNamespaceThatHoldsAVolumeClaimIsKeptAndSaid() {
        cluster.applyYaml("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: ledger, namespace: %s}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
                """.formatted(staging.data()));

        end();

        cluster.awaitGone("namespace", staging.web());
        assertThat(cluster.get("namespace", staging.data()).getMetadata().getDeletionTimestamp())
                .isNull();
        assertThat(cluster.find("persistentvolumeclaim", staging.data() + "/ledger"))
                .isPresent();
        assertThat(cluster.events(staging.name()))
                .anyMatch(event ->
                        event.reason().equals("Kept") && event.message().contains(staging.data()));
        assertThat(staging.inventories()).isEmpty();
    }

    @Test
    void whatIsRetainedRunsOnAndIsTakenBackWithoutARestart() {
        var before = staging.podUids("api");
        var deployment = staging.deployment("api");
        staging.patch("{\"deletionPolicy\":\"Retain\"}");
        staging.awaitReady();

        end();
        audit.mark();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(staging.inventories())
                .as("which says what may be taken back")
                .hasSize(1);
        assertThat(staging.writes(audit)).noneMatch(write -> write.verb().equals("delete"));
        assertThat(staging.podUids("api")).isEqualTo(before);

        Staging.declared(cluster, hub);
        staging.awaitReady();
        cluster.awaitReady("workload", staging.workload("api"));
        var now = staging.deployment("api");
        assertThat(now.getMetadata().getUid())
                .isEqualTo(deployment.getMetadata().getUid());
        assertThat(now.<Object>get("spec")).isEqualTo(deployment.get("spec"));
        assertThat(now.getMetadata().getAnnotations())
                .containsEntry(
                        "bulkhead.dev/environment-uid",
                        cluster.get("environment", staging.name()).getMetadata().getUid());
        assertThat(staging.podUids("api")).isEqualTo(before);
        assertThat(cluster.events(staging.name()))
                .anyMatch(event -> event.reason().equals("TakenBack"));
    }

    private void end() {
        staging.patch("{\"deletionProtection\":\"Disabled\"}");
        cluster.delete("environment", staging.name());
        cluster.awaitGone("environment", staging.name());
    }

    /** The generation of a workload that the live plan is made of, by the environment's own word. */
    private long live(String workload) {
        List<Map<String, Object>> inputs =
                cluster.get("environment", staging.name()).get("status", "inputs");
        return inputs.stream()
                .filter(input -> input.get("kind").equals("Workload"))
                .filter(input -> input.get("name").equals("staging-" + workload))
                .mapToLong(input -> ((Number) input.get("generation")).longValue())
                .findFirst()
                .orElseThrow();
    }

    private long generation(String workload) {
        return cluster.get("workload", staging.workload(workload)).getMetadata().getGeneration();
    }

    private static String image(GenericKubernetesResource deployment) {
        return deployment.get("spec", "template", "spec", "containers", 0, "image");
    }

    /** Name → what it says. */
    private Map<String, Object> policies() {
        return cluster.list("networkpolicy", staging.web()).stream()
                .collect(Collectors.toMap(policy -> policy.getMetadata().getName(), policy -> policy.get("spec")));
    }
}
