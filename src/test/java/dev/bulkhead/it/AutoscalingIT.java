package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The number of replicas passes from us to an autoscaler and back, and nobody's pods go for it. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class AutoscalingIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final TestCluster cluster;
    private Staging staging;
    private Audit audit;

    /** @param operator nothing is asked of it, but it has to run */
    AutoscalingIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @BeforeEach
    void threeReplicas(TestNamespace hub, Audit audit) {
        this.audit = audit;
        staging = Staging.declared(cluster, hub);
        staging.runs("api", "replicas: 3");
        staging.awaitReady();
        cluster.awaitReady("workload", staging.workload("api"));
    }

    @Test
    void anAutoscalerTakesTheReplicasOverAndGivesThemBackWithoutAGap() {
        try (var replicas = new Replicas("api")) {
            switchOn();
            audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
            assertThat(replicas.seen()).containsExactly(3);

            scaleInThePlaceOfTheAutoscaler(5);
            cluster.awaitReady("workload", staging.workload("api"));
            audit.mark();
            audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
            assertThat(audit.writesTo("deployments")).isEmpty();
            assertThat(replicas.seen()).containsExactly(3, 5);

            switchOff();
            assertThat(replicas.seen()).containsExactly(3, 5, 3);
        }
    }

    @Test
    void switchingOnAndOffWithoutAnAutoscalerThatActsChangesNothing() {
        try (var replicas = new Replicas("api")) {
            switchOn();
            switchOff();
            switchOn();
            audit.awaitQuiet(Audit.OPERATOR, A_WHILE);

            assertThat(replicas.seen()).containsExactly(3);
        }
    }

    @Test
    void aNewVersionLeavesTheNumberToTheAutoscaler() {
        switchOn();
        scaleInThePlaceOfTheAutoscaler(5);
        try (var replicas = new Replicas("api")) {
            staging.patchWorkload("api", "{\"env\":[{\"name\":\"LOG_LEVEL\",\"value\":\"debug\"}]}");

            cluster.await("deployment", staging.web() + "/api", found -> found.toString()
                    .contains("LOG_LEVEL"));
            cluster.awaitReady("workload", staging.workload("api"));
            assertThat(replicas.seen()).containsExactly(5);
        }
    }

    private void switchOn() {
        staging.patchWorkload("api", "{\"autoscaling\":{\"minReplicas\":2,\"maxReplicas\":6}}");
        cluster.await("horizontalpodautoscaler", staging.web(), "api");
        cluster.eventually(() -> assertThat(ownersOfReplicas()).isNotEmpty().doesNotContain("bulkhead"));
        cluster.awaitReady("workload", staging.workload("api"));
    }

    private void switchOff() {
        staging.patchWorkload("api", "{\"autoscaling\":null}");
        cluster.awaitGone("horizontalpodautoscaler", staging.web() + "/api");
        cluster.await("deployment", staging.web() + "/api", found -> found.get("spec", "replicas")
                .equals(3));
        cluster.eventually(() -> assertThat(ownersOfReplicas()).contains("bulkhead"));
        cluster.awaitReady("workload", staging.workload("api"));
    }

    /** The real one has no metrics to go by, so it leaves alone what is within its bounds. */
    private void scaleInThePlaceOfTheAutoscaler(int replicas) {
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(staging.web())
                .withName("api")
                .scale(replicas);
        cluster.await("deployment", staging.web() + "/api", found -> found.get("spec", "replicas")
                .equals(replicas));
    }

    private List<String> ownersOfReplicas() {
        return staging.deployment("api").getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getFieldsV1()
                        .getAdditionalProperties()
                        .getOrDefault("f:spec", "")
                        .toString()
                        .contains("f:replicas"))
                .map(entry -> entry.getManager())
                .toList();
    }

    /** Every number of replicas that a Deployment ever asked for, one after the other. */
    private final class Replicas implements AutoCloseable {

        private final List<Integer> all = new CopyOnWriteArrayList<>();
        private final Watch watch;

        Replicas(String name) {
            watch = cluster.client()
                    .apps()
                    .deployments()
                    .inNamespace(staging.web())
                    .withName(name)
                    .watch(Watches.<Deployment>each(
                            (_, deployment) -> all.add(deployment.getSpec().getReplicas())));
            cluster.eventually(() -> assertThat(all).isNotEmpty());
        }

        /** Without repetitions; it ends with what is there now. */
        List<Integer> seen() {
            var now = cluster.client()
                    .apps()
                    .deployments()
                    .inNamespace(staging.web())
                    .withName("api")
                    .get()
                    .getSpec()
                    .getReplicas();
            cluster.eventually(() -> assertThat(all.getLast()).isEqualTo(now));
            var changes = new ArrayList<Integer>();
            all.stream()
                    .filter(replicas -> changes.isEmpty() || !changes.getLast().equals(replicas))
                    .forEach(changes::add);
            return changes;
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
