package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How an environment ends, is let go, and comes back. */
@BulkheadTest
class EndsIT {

    private final TestCluster cluster;

    /** @param operator nothing is asked of it, but it has to run */
    EndsIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @Test
    void whatIsRetainedIsTakenBackWithoutATouchOnItsPods(TestNamespace hub) {
        var staging = Staging.declared(cluster, hub, "deletionProtection: Disabled", "deletionPolicy: Retain");
        var workload = staging.runs("api");
        staging.awaitReadyOrRolling("api");
        var before = staging.rollout("api");

        cluster.delete("environment", staging.name());
        cluster.awaitGone("environment", staging.name());
        cluster.delete("workload", workload);
        Staging.declared(cluster, hub, "deletionProtection: Disabled");
        // The first looks see no workload, and there is one that runs.
        staging.awaitWords("environment", staging.name(), "RemovalsHeld", "Reconciling");
        assertThat(staging.rollout("api")).isEqualTo(before);
        staging.runs("api");
        cluster.eventually(() -> assertThat(cluster.events(staging.name()))
                .extracting(it -> it.reason())
                .contains("TakenBack"));
        staging.awaitReadyOrRolling("api");

        assertThat(staging.rollout("api")).isEqualTo(before);
    }

    @Test
    void aChildThatSomebodyHoldsIsNamedAndTheRestGoes(TestNamespace hub) {
        var staging = Staging.declared(cluster, hub, "deletionProtection: Disabled");
        staging.awaitReady();
        cluster.patch(
                "networkpolicy",
                staging.web() + "/deny-all",
                "{\"metadata\":{\"finalizers\":[\"example.com/guard\"]}}");

        cluster.delete("environment", staging.name());

        staging.awaitWords("environment", staging.name(), "WaitingForFinalizer", "example.com/guard");
        cluster.awaitGone("namespace", staging.data());
        assertThat(cluster.events(staging.name())).extracting(it -> it.reason()).contains("StuckInDeletion");
        cluster.patch("networkpolicy", staging.web() + "/deny-all", "{\"metadata\":{\"finalizers\":null}}");
        cluster.awaitGone("environment", staging.name());
        cluster.awaitGone("namespace", staging.web());
    }

    @Test
    void moreThanTheClassLetsGoWaitsForAnOperationThatTheStatusShows(TestNamespace hub) {
        var staging = Operations.ofItsOwnClass(cluster, hub, "blastRadius: {objects: 0}");
        var workload = staging.runs("api");
        staging.awaitReadyOrRolling("api");
        cluster.delete("workload", workload);

        var held = staging.awaitWords("environment", staging.name(), "Stalled", "RemovalsHeld");
        assertThat(cluster.find("service", staging.web() + "/api")).isPresent();
        var word = Pattern.compile("\"removals\":\"([a-z0-9]+)\"").matcher(held.message());
        assertThat(word.find()).isTrue();
        Operations.create(staging, "approval", "action: Purge", "purge: {removals: \"%s\"}".formatted(word.group(1)));

        cluster.awaitCondition("operation", hub.of("approval"), "Ready", "Succeeded");
        cluster.awaitGone("service", staging.web() + "/api");
        staging.awaitReady();
    }

    @Test
    void aReleasedEnvironmentRunsOnAndCarriesNothingOfOurs(TestNamespace hub) {
        var staging = Staging.declared(cluster, hub, "deletionProtection: Disabled");
        staging.runs("api");
        staging.awaitReadyOrRolling("api");
        var before = staging.rollout("api");

        Operations.create(staging, "release", "action: Release");
        cluster.awaitCondition("operation", hub.of("release"), "Ready", "Succeeded");

        staging.awaitWords("environment", staging.name(), "Released", "Stalled");
        cluster.awaitCondition("workload", staging.workload("api"), "Stalled", "Released");
        assertThat(staging.rollout("api")).isEqualTo(before);
        for (var kind : new String[] {"deployment", "service", "serviceaccount", "networkpolicy"}) {
            assertThat(cluster.list(kind, staging.web()))
                    .allSatisfy(it -> assertThat(it.getMetadata().toString())
                            .doesNotContain("bulkhead.dev/hub")
                            .doesNotContain("manager=bulkhead"));
        }
        assertThat(cluster.get("namespace", staging.web()).getMetadata().getLabels())
                .noneSatisfy((key, _) -> assertThat(key).startsWith("bulkhead.dev/"));
        assertThat(cluster.list("networkpolicy", staging.web())).isNotEmpty();
        assertThat(staging.inventories()).isEmpty();
        assertThat(cluster.client()
                        .apps()
                        .controllerRevisions()
                        .inNamespace(hub.name())
                        .withLabel("bulkhead.dev/slice")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(cluster.get("environment", staging.name()).getMetadata().getFinalizers())
                .isEmpty();

        staging.takeUpAgain();

        cluster.awaitCondition("environment", staging.name(), "Stalled", "ForeignObject");
        assertThat(staging.rollout("api")).isEqualTo(before);
        cluster.delete("environment", staging.name());
        cluster.awaitGone("environment", staging.name());
        assertThat(cluster.find("deployment", staging.web() + "/api")).isPresent();
    }
}
