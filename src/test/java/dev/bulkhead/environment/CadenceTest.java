package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Contests.Contest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.environment.keeping.Kept;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Patience;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When an environment is looked at again, if nothing happens. */
class CadenceTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration RESYNC = Duration.ofMinutes(30);
    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
    private static final Ref FILE = Ref.namespace("web");
    private static final Applied PEACE = new Applied.Unchanged(FILE);
    private static final Applied FAULT = new Applied.Waiting(FILE, "no answer", Applied.Lack.TARGET);

    private final Cadence cadence = new Cadence(RESYNC);

    @Test
    void inPeaceTheNextLookIsAResyncSpreadOverATenth() {
        var looks = IntStream.range(0, 200)
                .mapToObj(number -> next(new EnvironmentId("shop", "staging-" + number), live(PEACE)))
                .toList();

        assertThat(looks).allSatisfy(it -> assertThat(it).isBetween(RESYNC, RESYNC.plus(RESYNC.dividedBy(10))));
        assertThat(looks.stream().distinct().count()).isGreaterThan(50);
        assertThat(next(STAGING, live(PEACE))).isEqualTo(next(STAGING, live(PEACE)));
    }

    @Test
    void afterAFaultItIsSoonThenEverLaterAndNeverNever() {
        var waits = new ArrayList<Duration>();
        for (var at = NOW; waits.size() < 40; at = at.plus(waits.getLast())) {
            waits.add(cadence.next(STAGING, live(PEACE, FAULT), List.of(), at));
        }

        assertThat(waits.subList(0, 4))
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(waits).isSorted().last().isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void whatHappensMeanwhileMakesNobodyWaitLonger() {
        IntStream.range(0, 20).forEach(_ -> next(STAGING, live(FAULT)));

        assertThat(cadence.next(STAGING, live(FAULT), List.of(), NOW.plusMillis(400)))
                .isEqualTo(Duration.ofMillis(600));
    }

    @Test
    void whatIsRefusedOrInTheWayIsTriedAgain() {
        assertThat(next(STAGING, live(new Applied.Refused(FILE, "no")))).isEqualTo(Duration.ofSeconds(1));
        assertThat(cadence.next(STAGING, live(new Applied.Foreign(FILE, "not ours")), List.of(), NOW.plusSeconds(1)))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void afterASuccessTheNextFaultIsTheFirst() {
        next(STAGING, live(FAULT));
        next(STAGING, live(FAULT));
        next(STAGING, live(PEACE));

        assertThat(next(STAGING, live(FAULT))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anEnvironmentThatCameBackHasNoPast() {
        next(STAGING, live(FAULT));
        cadence.forget(STAGING);

        assertThat(next(STAGING, live(FAULT))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theFaultOfOneIsNotThatOfAnother() {
        next(STAGING, live(FAULT));

        assertThat(next(new EnvironmentId("shop", "other"), live(FAULT))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aContestIsLookedAtWhenTheNextRepairIsDue() {
        var contested = new Applied.Contested(FILE, new Contest(FILE, 5, NOW, "rival"));

        assertThat(next(STAGING, live(contested))).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
        assertThat(cadence.next(STAGING, live(contested), List.of(), NOW.plusSeconds(60)))
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void waitingIsLookedAtWhenPatienceEnds() {
        var missing = new Pass.Missing(Reason.WaitingForClass, "no class");
        var waiting = conditions(new Standing.Reconciling(Reason.WaitingForClass, "no class"));

        assertThat(cadence.next(STAGING, missing, waiting, NOW.plusSeconds(60)))
                .isBetween(Patience.LIMIT.minusSeconds(60), Patience.LIMIT.minusSeconds(59));

        var stalled = conditions(new Standing.Stalled(Reason.WaitingForClass, "no class"));
        assertThat(cadence.next(STAGING, missing, stalled, NOW)).isGreaterThanOrEqualTo(RESYNC);
    }

    @Test
    void whatNobodyCanHaveIsLookedAtRarely() {
        var impossible = new Pass.Impossible(new Acceptance(List.of(), Map.of()));

        assertThat(next(STAGING, impossible)).isGreaterThanOrEqualTo(RESYNC);
    }

    private Duration next(EnvironmentId environment, Pass pass) {
        return cadence.next(environment, pass, List.of(), NOW);
    }

    private static Pass live(Applied... results) {
        var world = PassWorld.STAGING;
        return new Pass.Live(
                world.acceptance(),
                PassWorld.draft(world),
                world.plan(),
                new Outcome(List.of(results)),
                Map.of(),
                Map.of(),
                "",
                PassWorld.SEPARATE,
                List.of(),
                Kept.none(world.blueprint().environment()));
    }

    private static List<Condition> conditions(Standing standing) {
        return Conditions.after(List.of(), 1, NOW).standing(standing).build();
    }
}
