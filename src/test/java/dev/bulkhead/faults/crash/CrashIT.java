package dev.bulkhead.faults.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.faults.crash.End.Moment;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.TestCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The operator dies at a write, and another takes over: five of the writes of each scenario, seeded. Two minutes. */
@BulkheadTest
class CrashIT {

    private static final int DEATHS = 5;

    private final TestCluster cluster;
    private final Audit audit;

    CrashIT(TestCluster cluster, Audit audit) {
        this.cluster = cluster;
        this.audit = audit;
    }

    @Test
    void afterACrashAtSomeWritesAllEndsAsItWouldHave() {
        var outcome = enumeration().run(Scenario.ofAllElse(), Enumeration.some(DEATHS));

        System.err.println(outcome.table());
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.cases()).isGreaterThan(Scenario.ofAllElse().size());
    }

    /** Of secrets: who takes over first has a clock that is off, and dies as well; and some writes arrive late. */
    @Test
    void whoeverTakesOverFromWhoeverNothingIsLost() {
        var outcome = enumeration().someWithAnotherClock(DEATHS, -1, Moment.values());

        System.err.println(outcome.table());
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.cases()).isGreaterThan(Scenario.ofSecrets().size());
    }

    private Enumeration enumeration() {
        return new Enumeration(cluster, audit, Duration.ofSeconds(3));
    }
}
