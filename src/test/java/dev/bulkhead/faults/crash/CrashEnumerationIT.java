package dev.bulkhead.faults.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.faults.Fault;
import dev.bulkhead.faults.Trial;
import dev.bulkhead.faults.crash.Enumeration.Outcome;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The operator dies at each of its writes, in each way. Some ten minutes. */
@BulkheadTest
class CrashEnumerationIT {

    private final TestCluster cluster;
    private final Audit audit;

    CrashEnumerationIT(TestCluster cluster, Audit audit) {
        this.cluster = cluster;
        this.audit = audit;
    }

    @Fault({1, 2, 3, 4})
    void afterACrashAtAnyWriteAllEndsAsItWouldHave(Trial trial) {
        var outcomes = Stream.of(Scenario.values()).map(this::enumerate).toList();

        trial.note("%d scenarios, %d deaths"
                .formatted(
                        outcomes.size(),
                        outcomes.stream().mapToInt(Outcome::cases).sum()));
        assertThat(outcomes.stream().flatMap(it -> it.violations().stream())).isEmpty();
        // Each write has three ends. The last few are words about it, and may be fewer another time.
        assertThat(outcomes).allMatch(it -> it.cases() > 2 * it.written());
    }

    private Outcome enumerate(Scenario scenario) {
        var outcome = new Enumeration(cluster, audit, Duration.ofSeconds(30)).run(List.of(scenario), Enumeration.all());
        System.err.println(outcome.table());
        return outcome;
    }
}
