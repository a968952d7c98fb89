package dev.bulkhead.faults.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.faults.Fault;
import dev.bulkhead.faults.crash.CrashRun.Result;
import dev.bulkhead.faults.crash.End.Moment;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorProcess;
import dev.bulkhead.kube.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** The same with the real process, which is killed, or told to end, in the midst of its work. Some eight minutes. */
@BulkheadTest
class KillIT {

    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final List<Scenario> SCENARIOS =
            List.of(Scenario.CREATE, Scenario.EDIT, Scenario.PRUNE, Scenario.DELETE, Scenario.RETAIN_AND_RECREATE);
    private static final List<Scenario> ROTATIONS = List.of(Scenario.ROTATE_A_TOKEN, Scenario.ROTATE_A_CA);

    private final TestCluster cluster;
    private final OperatorProcess operator;
    private final Audit audit;

    KillIT(TestCluster cluster, OperatorProcess operator, Audit audit) {
        this.cluster = cluster;
        this.operator = operator;
        this.audit = audit;
    }

    @Fault({1, 2})
    void afterTwentyKillsAllEndsAsItWouldHave() {
        assertThat(violations(SCENARIOS, 20, operator::kill)).isEmpty();
    }

    @Fault({1, 2})
    void afterKillsInTheMidstOfRotationsAllEndsAsItWouldHave() {
        assertThat(violations(ROTATIONS, 8, operator::kill)).isEmpty();
    }

    /** Which it obeys within its grace: {@link OperatorProcess#stop} would lose patience after 20 seconds. */
    @Fault(6)
    void whatIsToldToEndInTheMidstOfItsWorkEndsInTimeAndTheNextGoesOn() {
        assertThat(violations(SCENARIOS, 5, () -> {
                    var began = System.nanoTime();
                    operator.stop();
                    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
                }))
                .isEmpty();
    }

    private List<String> violations(List<Scenario> scenarios, int deaths, Runnable death) {
        operator.stop();
        cluster.applyYaml(Enumeration.PLATFORM);
        var seed = Long.getLong("crash.seed", System.nanoTime() & 0xffff);
        System.err.printf("crash.seed=%d%n", seed);
        var random = new Random(seed);
        try (var hubs = new Hubs(cluster);
                var history = new History(cluster.client())) {
            var run = new CrashRun(
                    cluster,
                    audit,
                    (lives, inventories) -> new ProcessLife(cluster, audit, operator, death, lives, inventories),
                    QUIET);
            var undisturbed = run.run(
                    scenarios.stream()
                            .map(it -> new Case(it, Optional.empty(), hubs.make(), cluster, history))
                            .toList(),
                    history);
            var wrong = new ArrayList<String>();
            var died = IntStream.range(0, deaths)
                    .filter(at -> {
                        var reference = undisturbed.get(at % scenarios.size());
                        var end = new End(
                                random.nextInt(1, reference.of().life().writes().size()), Moment.AFTER);
                        var of = new Case(reference.of().scenario(), Optional.of(end), hubs.make(), cluster, history);
                        Result result = run.run(List.of(of), history).getFirst();
                        wrong.addAll(Enumeration.violations(reference, result));
                        return of.died();
                    })
                    .count();
            wrong.addAll(run.strays());
            System.err.printf("kill: %d deaths of %d, %d violations%n", died, deaths, wrong.size());
            assertThat(died).isGreaterThan(deaths / 2);
            return wrong;
        }
    }
}
