package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps a pod from running stands where people look, and goes when it is mended. */
@BulkheadTest(needs = NodeKind.REAL)
class TroubleIT {

    private static final String GOOD = "good";
    private static final String BAD = "bad";

    private final TestCluster cluster;
    private Staging staging;

    /** @param operator nothing is asked of it, but it has to run */
    TroubleIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @BeforeEach
    void aWorkloadThatIsWell(TestNamespace hub) {
        staging = Staging.declared(cluster, hub);
        staging.runs(GOOD);
        cluster.awaitReady("workload", staging.workload(GOOD));
    }

    @Test
    void aContainerThatCrashesIsNamedUntilItRuns() {
        staging.runs(BAD, "args: [exit, --code=7]");

        says("container bad", "exit code 7");

        staging.patchWorkload(BAD, "{\"args\":null}");
        isWell("exit code 7");
    }

    @Test
    void anImageThatIsNotThereIsNamedUntilItIsCorrected() {
        staging.runs(BAD);
        staging.patchWorkload(BAD, "{\"image\":\"registry.example.com/bulkhead/missing:7\"}");

        says("container bad", "registry.example.com/bulkhead/missing:7");

        staging.patchWorkload(BAD, "{\"image\":\"registry.example.com/bulkhead/testapp:1\"}");
        isWell("missing:7");
    }

    @Test
    void aPodThatFitsNowhereIsNamedUntilItDoes() {
        staging.runs(BAD);
        requests("{\"memory\":\"100Ti\"}");

        says("can't be scheduled", "Insufficient memory");

        requests("{\"memory\":\"16Mi\"}");
        isWell("Insufficient memory");
    }

    @Test
    void aPodThatTheQuotaForbidsIsNamedUntilItAsksForLess() {
        staging.runs(BAD);
        requests("{\"cpu\":\"1000\"}");

        says("exceeded quota: web", "requests.cpu");

        requests("{\"cpu\":\"10m\"}");
        isWell("exceeded quota");
    }

    private void requests(String quantities) {
        staging.patchWorkload(BAD, "{\"resources\":{\"requests\":%s}}".formatted(quantities));
    }

    private void says(String... words) {
        assertThat(staging.awaitWords("workload", staging.workload(BAD), words).type())
                .isNotEqualTo("Ready");
        assertThat(staging.awaitWords("environment", staging.name(), words))
                .matches(condition -> !condition.type().equals("Ready"))
                .matches(condition -> condition.message().contains("staging-" + BAD), "names the workload");
        assertThat(staging.holds("workload", staging.workload(GOOD)).type()).isEqualTo("Ready");
    }

    private void isWell(String forgotten) {
        cluster.awaitReady("workload", staging.workload(BAD));
        staging.awaitReady();
        assertThat(cluster.conditions("workload", staging.workload(BAD)).toString())
                .doesNotContain(forgotten);
        assertThat(cluster.conditions("environment", staging.name()).toString()).doesNotContain(forgotten);
    }
}
