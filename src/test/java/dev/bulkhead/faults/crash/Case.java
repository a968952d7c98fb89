package dev.bulkhead.faults.crash;

import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One environment in a hub namespace of its own, what happens to it, and at which write its operator dies. */
final class Case {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Scenario scenario;
    private final Optional<End> end;
    private final TestNamespace hub;
    private final TestCluster cluster;
    private final Expected expected;
    private final Life life;
    private final Deque<Act> outstanding;

    /** @param end none: nothing is disturbed */
    Case(Scenario scenario, Optional<End> end, TestNamespace hub, TestCluster cluster, History history) {
        this.scenario = scenario;
        this.end = end;
        this.hub = hub;
        this.cluster = cluster;
        this.expected = new Expected(hub, history);
        this.life = new Life(end);
        this.outstanding = new ArrayDeque<>(scenario.during());
    }

    Scenario scenario() {
        return scenario;
    }

    TestNamespace hub() {
        return hub;
    }

    Life life() {
        return life;
    }

    /** Whether its operator died as it should. */
    boolean died() {
        return life.isOver();
    }

    List<String> prepare() {
        return scenario.before().stream()
                .flatMap(act -> doing(act, () -> false).stream())
                .toList();
    }

    /** Goes on until all is done, or the operator is dead. What then isn't settled is left for {@link #goOn}. */
    List<String> live() {
        while (!outstanding.isEmpty() && !life.isOver()) {
            var problems = doing(outstanding.removeFirst(), life::isOver);
            if (!problems.isEmpty()) {
                return problems;
            }
        }
        return List.of();
    }

    void whileDown() {
        scenario.down().forEach(act -> act.on(cluster, hub, expected));
    }

    /** The next operator is there. */
    List<String> goOn() {
        life.late().ifPresent(this::arrives);
        var problems = settle(() -> false);
        while (problems.isEmpty() && !outstanding.isEmpty()) {
            problems = doing(outstanding.removeFirst(), () -> false);
        }
        return problems;
    }

    /** What the one before had sent, while the next is at work: of the same write always after the same time. */
    private void arrives(Runnable late) {
        var moment = 500L * (end.map(End::write).orElse(0) % 8);
        CompletableFuture.delayedExecutor(moment, TimeUnit.MILLISECONDS).execute(late);
    }

    private List<String> doing(Act act, BooleanSupplier stop) {
        act.on(cluster, hub, expected);
        return settle(stop);
    }

    private List<String> settle(BooleanSupplier stop) {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(PATIENCE)
                    .until(() -> stop.getAsBoolean() || expected.isMet());
            return List.of();
        } catch (ConditionTimeoutException _) {
            return expected.outstanding().stream()
                    .map(it -> "I1: not there after %s: %s".formatted(PATIENCE, it))
                    .toList();
        }
    }

    @Override
    public String toString() {
        return "%s, %s (%s)".formatted(scenario.words(), end.map(End::toString).orElse("undisturbed"), hub);
    }
}
