package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plan shows what would be done, Pause holds, and neither writes to the target. */
@BulkheadTest
class ModesIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final TestCluster cluster;
    private TestNamespace hub;
    private Audit audit;
    private Staging staging;

    /** @param operator nothing is asked of it, but it has to run */
    ModesIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @BeforeEach
    void aHub(TestNamespace hub, Audit audit) {
        this.hub = hub;
        this.audit = audit;
    }

    @Test
    void aPlanShowsWhatWouldBeMadeAndMakesNothing() {
        staging = Staging.declared(cluster, hub, "reconcile: Plan");
        staging.surrounds("api");
        staging.surrounds("frontend", "calls: [{workload: api, port: http}]");

        cluster.awaitCondition("workload", staging.workload("frontend"), "Stalled", "PlanOnly");
        nothingWasWritten();
        var objects = number("objects");
        assertThat(objects).isPositive();
        assertThat(inputs()).isEmpty();
        assertThat(List.of(number("plan", "create"), number("plan", "change"), number("plan", "delete")))
                .containsExactly(objects, 0, 0);
        assertThat(first())
                .hasSizeBetween(1, objects)
                .allMatch(entry -> entry.startsWith("create "))
                .anyMatch(entry -> entry.contains(staging.web()));
        assertThat(cluster.find("namespace", staging.web())).isEmpty();
        assertThat(staging.inventories()).isEmpty();

        staging.patch("{\"reconcile\":\"Apply\"}");
        staging.awaitReady();
        cluster.awaitReady("workload", staging.workload("frontend"));
        assertThat(number("objects")).isEqualTo(objects);
        assertThat(status().get("plan")).isNull();
    }

    @Test
    void aPlanOfWhatRunsShowsWhatWouldChangeAndGo() {
        running();

        staging.patch("""
                {"reconcile":"Plan","namespaces":[
                {"name":"web","quota":{"pods":"5"}},{"name":"data"},{"name":"late"}]}""");
        cluster.delete("workload", staging.workload("frontend"));

        cluster.eventually(() -> assertThat(number("plan", "delete")).isPositive());
        assertThat(number("plan", "create")).isPositive();
        assertThat(number("plan", "change")).isPositive();
        assertThat(first()).anyMatch(entry -> entry.startsWith("create ") && entry.contains(hub + "-staging-late"));
        assertThat(cluster.conditions("environment", staging.name())
                        .get("Stalled")
                        .reason())
                .isEqualTo("PlanOnly");
        nothingWasWritten();
        assertThat(cluster.find("namespace", hub + "-staging-late")).isEmpty();
        assertThat(cluster.find("networkpolicy", staging.web() + "/frontend.to.api.http"))
                .isPresent();

        staging.patch("{\"reconcile\":\"Apply\"}");
        staging.awaitReady();
        assertThat(cluster.find("namespace", hub + "-staging-late")).isPresent();
        assertThat(cluster.find("networkpolicy", staging.web() + "/frontend.to.api.http"))
                .isEmpty();
    }

    @Test
    void aPauseHoldsWhateverIsEditedInTheTarget() {
        running();
        staging.patch("{\"reconcile\":\"Pause\"}");
        cluster.awaitCondition("environment", staging.name(), "Ready", "Paused");

        cluster.delete("networkpolicy", staging.web(), "deny-all");
        cluster.awaitCondition("environment", staging.name(), "Stalled", "Paused");
        nothingWasWritten();
        assertThat(cluster.find("networkpolicy", staging.web() + "/deny-all")).isEmpty();

        staging.patch("{\"reconcile\":\"Apply\"}");
        cluster.await("networkpolicy", staging.web(), "deny-all");
        staging.awaitReady();
    }

    @Test
    void aPauseIsReadyOnlyWhileWhatIsDeclaredIsLive() {
        running();
        staging.patch("{\"reconcile\":\"Pause\"}");
        cluster.awaitCondition("environment", staging.name(), "Ready", "Paused");

        staging.patch("{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"5\"}},{\"name\":\"data\"}]}");
        cluster.awaitCondition("environment", staging.name(), "Stalled", "Paused");
        nothingWasWritten();

        staging.patch("{\"namespaces\":[{\"name\":\"web\"},{\"name\":\"data\"}]}");
        cluster.awaitCondition("environment", staging.name(), "Ready", "Paused");

        staging.surrounds("late", "calls: [{workload: api, port: http}]");
        cluster.awaitCondition("environment", staging.name(), "Stalled", "Paused");
        assertThat(staging.awaitWords("workload", staging.workload("late"), "Pause")
                        .type())
                .isEqualTo("Stalled");
        assertThat(inputs()).doesNotContain("staging-late");
        nothingWasWritten();
    }

    private void running() {
        staging = Staging.declared(cluster, hub);
        staging.surrounds("api");
        staging.surrounds("frontend", "calls: [{workload: api, port: http}]");
        cluster.awaitReady("workload", staging.workload("frontend"));
        staging.awaitReady();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        audit.mark();
    }

    /** Nothing but statuses, and the finalizer by which the operator hears of an environment's end. */
    private void nothingWasWritten() {
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(staging.writes(audit)).allMatch(write -> write.group().equals("bulkhead.dev"));
    }

    private Map<String, Object> status() {
        return cluster.get("environment", staging.name()).get("status");
    }

    private int number(Object... path) {
        var found = cluster.get("environment", staging.name());
        var full = Stream.concat(Stream.of("status"), Stream.of(path)).toArray();
        assertThat(found.<Object>get(full)).as(Arrays.toString(full)).isInstanceOf(Integer.class);
        return found.get(full);
    }

    /** What the live plan is made of. */
    private List<String> inputs() {
        var inputs = (List<?>) status().getOrDefault("inputs", List.of());
        return inputs.stream()
                .map(input -> ((Map<?, ?>) input).get("name").toString())
                .toList();
    }

    private List<String> first() {
        return cluster.get("environment", staging.name()).get("status", "plan", "first");
    }
}
