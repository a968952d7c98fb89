package dev.bulkhead.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Five minutes for what others bring; then somebody is told. */
class PatienceTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Standing WAITING = new Standing.Reconciling(Reason.WaitingForClass, "no class");
    private static final Standing STALLED = new Standing.Stalled(Reason.WaitingForClass, "no class");
    private static final Standing STARTING = new Standing.Reconciling(Reason.WorkloadsNotReady, "pods start");

    private List<Condition> conditions = List.of();

    @Test
    void waitingIsReconcilingForFiveMinutesAndThenStalled() {
        look(WAITING, START);

        assertThat(Patience.remaining(conditions, START)).isEqualTo(Patience.LIMIT);
        assertThat(look(WAITING, START.plus(Patience.LIMIT).minusSeconds(1))).isEqualTo(WAITING);
        assertThat(look(WAITING, START.plus(Patience.LIMIT))).isEqualTo(STALLED);
    }

    @Test
    void onceStalledItStaysUntilItComes() {
        look(WAITING, START);
        var late = START.plus(Duration.ofHours(1));
        look(WAITING, late);

        assertThat(look(WAITING, late.plusSeconds(1))).isEqualTo(STALLED);
        assertThat(look(new Standing.Ready(Reason.Ready, ""), late.plusSeconds(2)))
                .isInstanceOf(Standing.Ready.class);
        assertThat(look(WAITING, late.plusSeconds(3))).isEqualTo(WAITING);
    }

    @Test
    void whatItWaitsForNextHasItsOwnFiveMinutes() {
        look(WAITING, START);
        var late = START.plus(Duration.ofHours(1));
        look(WAITING, late);
        var next = new Standing.Reconciling(Reason.WaitingForSecret, "no secret");

        assertThat(look(next, late.plusSeconds(1))).isEqualTo(next);
        assertThat(Patience.remaining(conditions, late.plusSeconds(1))).isEqualTo(Patience.LIMIT);
        assertThat(look(next, late.plusSeconds(1).plus(Patience.LIMIT))).isInstanceOf(Standing.Stalled.class);
    }

    @Test
    void theTimeThatPodsNeededBeforeDoesNotCount() {
        look(STARTING, START);
        var late = START.plus(Duration.ofHours(1));

        assertThat(look(WAITING, late)).isEqualTo(WAITING);
        assertThat(Patience.remaining(conditions, late)).isEqualTo(Patience.LIMIT);
        assertThat(look(WAITING, late.plusSeconds(1))).isEqualTo(WAITING);
        assertThat(look(WAITING, late.plus(Patience.LIMIT))).isEqualTo(STALLED);
    }

    @Test
    void whatWeAreAtNeverStallsByTime() {
        look(STARTING, START);

        assertThat(look(STARTING, START.plus(Duration.ofDays(1)))).isEqualTo(STARTING);
        assertThat(Patience.isRunning(conditions)).isFalse();
    }

    private Standing look(Standing standing, Instant now) {
        var judged = Patience.with(standing, conditions, now);
        conditions = Conditions.after(conditions, 1, now).standing(judged).build();
        return judged;
    }
}
