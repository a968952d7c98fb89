package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.CommandResult;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.SeenCondition;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import dev.bulkhead.kube.Verdicts;
import dev.bulkhead.kube.Verdicts.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** kubectl wait, kstatus and Argo CD read the same thing out of our status, in every state that it goes through. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class StatusIT {

    private static final List<String> VERDICTS = List.of("Ready", "Reconciling", "Stalled");

    private final TestCluster cluster;
    private final OperatorUnderTest operator;
    private final Verdicts verdicts;

    StatusIT(TestCluster cluster, OperatorUnderTest operator, Verdicts verdicts) {
        this.cluster = cluster;
        this.operator = operator;
        this.verdicts = verdicts;
    }

    @Test
    void everyStatusThatIsEverSeenHasOneMeaning(TestNamespace hub) {
        var environment = hub.of("staging");
        try (var sightings = new Sightings(cluster, hub)) {
            cluster.apply("examples/quickstart", hub);
            cluster.awaitReady(environment);

            reconcile(environment, "Pause");
            cluster.awaitCondition("environment", environment, "Ready", "Paused");
            reconcile(environment, "Plan");
            cluster.awaitCondition("environment", environment, "Stalled", "PlanOnly");
            reconcile(environment, "Apply");
            cluster.awaitReady(environment);

            call(hub, "nobody");
            cluster.awaitCondition("workload", hub.of("staging-ledger"), "Reconciling", "WaitingForWorkload");
            call(hub, "api");
            cluster.awaitReady("workload", hub.of("staging-ledger"));

            cluster.patch("environment", environment, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
            cluster.delete("environment", environment);
            cluster.awaitGone("environment", environment);

            everybodyAgreesOn(sightings.all());
        }
    }

    @Test
    void nobodyTakesWhatTheOperatorHasNotSeenForReady(TestNamespace hub) {
        operator.stop();
        cluster.apply("examples/quickstart", hub);

        assertThat(verdicts.of(cluster.get("environment", hub.of("staging"))))
                .extracting(Verdict::kstatus, Verdict::argo)
                .containsExactly("InProgress", "Progressing");
        assertThat(waitFor(hub, "Ready", "1s").code()).isNotZero();
    }

    @Test
    void kubectlWaitReturnsForTheGenerationThatWasAskedFor(TestNamespace hub) {
        operator.start();
        cluster.apply("examples/quickstart", hub);
        assertThat(waitFor(hub, "Ready", "2m").code()).isZero();

        reconcile(hub.of("staging"), "Plan");

        assertThat(waitFor(hub, "Stalled", "1m").code()).isZero();
        assertThat(waitFor(hub, "Ready", "1s").code()).isNotZero();
    }

    private CommandResult waitFor(TestNamespace hub, String condition, String timeout) {
        return cluster.kubectl(
                "wait",
                "environment/staging",
                "-n",
                hub.name(),
                "--for=condition=" + condition,
                "--timeout=" + timeout);
    }

    private void reconcile(String environment, String mode) {
        cluster.patch("environment", environment, "{\"spec\":{\"reconcile\":\"%s\"}}".formatted(mode));
    }

    private void call(TestNamespace hub, String workload) {
        cluster.patch("workload", hub.of("staging-ledger"), """
                {"spec":{"calls":[{"workload":"%s","port":"http"}]}}""".formatted(workload));
    }

    private void everybodyAgreesOn(List<GenericKubernetesResource> seen) {
        assertThat(seen).hasSizeGreaterThan(10);
        var judged = verdicts.of(seen);
        var all = new SoftAssertions();
        for (var i = 0; i < seen.size(); i++) {
            var object = seen.get(i);
            all.assertThat(judged.get(i))
                    .as(
                            "%s %s, generation %d: %s",
                            object.getKind(),
                            object.getMetadata().getName(),
                            object.getMetadata().getGeneration(),
                            object.<Object>get("status"))
                    .extracting(Verdict::kstatus, Verdict::argo)
                    .isEqualTo(expected(object));
        }
        all.assertAll();
    }

    /** What both must say. It fails where our status leaves it open. */
    private List<Object> expected(GenericKubernetesResource object) {
        if (object.getMetadata().getDeletionTimestamp() != null) {
            return List.of("Terminating", "Progressing");
        }
        if (!object.getMetadata().getGeneration().equals(observedGeneration(object))) {
            return List.of("InProgress", "Progressing");
        }
        var holds = SeenCondition.of(object).stream()
                .filter(condition -> VERDICTS.contains(condition.type()) && condition.isTrue())
                .toList();
        if (holds.size() != 1 || holds.getFirst().observedGeneration() != observedGeneration(object)) {
            return List.of("exactly one of " + VERDICTS, "for this generation");
        }
        return switch (holds.getFirst().type()) {
            case "Stalled" -> List.of("Failed", "Degraded");
            case "Reconciling" -> List.of("InProgress", "Progressing");
            default -> List.of("Current", holds.getFirst().reason().equals("Paused") ? "Suspended" : "Healthy");
        };
    }

    private static long observedGeneration(GenericKubernetesResource object) {
        return object.get("status", "observedGeneration") instanceof Number number ? number.longValue() : -1;
    }
}
