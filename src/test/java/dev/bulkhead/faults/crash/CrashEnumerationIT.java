package dev.bulkhead.faults.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.faults.Fault;
import dev.bulkhead.faults.Trial;
import dev.bulkhead.faults.crash.End.Moment;
import dev.bulkhead.faults.crash.Enumeration.Outcome;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The operator dies at each of its writes, in each way. Some ten minutes. */
@BulkheadTest
class CrashEnumerationIT {

    private static final int TEN_OF_EACH = 10;

    private final TestCluster cluster;
    private final Audit audit;

    CrashEnumerationIT(TestCluster cluster, Audit audit) {
        this.cluster = cluster;
        this.audit = audit;
    }

    @Fault({1, 2, 3, 4})
    void afterACrashAtAnyWriteAllEndsAsItWouldHave(Trial trial) {
        var outcomes = scenarios().map(this::enumerate).toList();

        trial.note("%d scenarios, %d deaths"
                .formatted(
                        outcomes.size(),
                        outcomes.stream().mapToInt(Outcome::cases).sum()));
        assertThat(outcomes.stream().flatMap(it -> it.violations().stream())).isEmpty();
        // Each write has three ends. The last few are words about it, one in six at most: where there are fewer nobody
        // dies.
        assertThat(outcomes).allMatch(it -> it.cases() >= 2.5 * it.written());
    }

    @Fault({1, 4, 53})
    void whoeverTakesOverFromWhoeverNothingIsLost(Trial trial) {
        var outcomes = IntStream.of(-1, 1)
                .mapToObj(hours -> new Enumeration(cluster, audit, Duration.ofSeconds(10))
                        .someWithAnotherClock(TEN_OF_EACH, hours, Moment.LATE, Moment.AFTER))
                .toList();

        outcomes.forEach(it -> System.err.println(it.table()));
        trial.note("%d deaths, clocks an hour off"
                .formatted(outcomes.stream().mapToInt(Outcome::cases).sum()));
        assertThat(outcomes.stream().flatMap(it -> it.violations().stream())).isEmpty();
    }

    /** {@code -Dcrash.scenarios=ROTATE_A_CA,PRUNE} tries these only. */
    private static Stream<Scenario> scenarios() {
        var words = System.getProperty("crash.scenarios", "");
        return words.isEmpty()
                ? Stream.of(Scenario.values())
                : Stream.of(words.split(",")).map(Scenario::valueOf);
    }

    private Outcome enumerate(Scenario scenario) {
        var outcome = new Enumeration(cluster, audit, Duration.ofSeconds(30)).run(List.of(scenario), Enumeration.all());
        System.err.println(outcome.table());
        return outcome;
    }
}
