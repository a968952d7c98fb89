package dev.bulkhead.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** How a standing is written, so that kstatus, kubectl wait and Argo CD read it alike. */
class ConditionsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    @Property(tries = 200)
    void exactlyOneOfReadyReconcilingAndStalledHolds(
            @ForAll("standings") Standing before, @ForAll("standings") Standing standing) {
        var conditions = after(conditions(before), standing);

        assertThat(conditions).filteredOn(it -> it.getStatus().equals("True")).hasSize(1);
        assertThat(conditions)
                .filteredOn(it -> it.getType().equals(Conditions.READY))
                .hasSize(1);
        assertThat(conditions).allSatisfy(it -> {
            assertThat(it.getObservedGeneration()).isEqualTo(7);
            assertThat(it.getReason()).isEqualTo(standing.reason().name());
            assertThat(it.getMessage()).isEqualTo(standing.message());
        });
    }

    @Property(tries = 200)
    void theSameStandingAgainIsTheSameStatus(@ForAll("standings") Standing standing) {
        var before = conditions(standing);

        assertThat(after(before, standing)).isEqualTo(before);
    }

    @Test
    void aTransitionTimeMovesWithTheStatusAndWithNothingElse() {
        var before = conditions(new Standing.Ready(Reason.Ready, "one"));

        assertThat(time(after(before, new Standing.Ready(Reason.Paused, "other")), Conditions.READY))
                .isEqualTo("2026-01-01T12:00:00Z");
        assertThat(time(after(before, new Standing.Stalled(Reason.Refused, "one")), Conditions.READY))
                .isEqualTo("2026-01-01T12:01:00Z");
    }

    @Test
    void whenWaitingBeginsItsTimeBegins() {
        var before = conditions(new Standing.Reconciling(Reason.WorkloadsNotReady, "pods start"));
        var waiting = after(before, new Standing.Reconciling(Reason.WaitingForWorkload, "api isn't there"));

        assertThat(time(waiting, Conditions.RECONCILING)).isEqualTo("2026-01-01T12:01:00Z");
        assertThat(time(waiting, Conditions.READY)).isEqualTo("2026-01-01T12:00:00Z");
    }

    @Test
    void waitingForOneThingAfterAnotherIsOneWait() {
        var before = conditions(new Standing.Reconciling(Reason.WaitingForClass, "no class"));
        var waiting = after(before, new Standing.Reconciling(Reason.WaitingForCluster, "no cluster"));

        assertThat(time(waiting, Conditions.RECONCILING)).isEqualTo("2026-01-01T12:00:00Z");
    }

    @Test
    void aMessageIsNoLongerThanTheApiAccepts() {
        var conditions = conditions(new Standing.Stalled(Reason.Refused, "x".repeat(40_000)));

        assertThat(conditions).allMatch(it -> it.getMessage().length() == 32_768);
    }

    @Provide
    Arbitrary<Standing> standings() {
        var reasons = Arbitraries.of(Reason.class);
        var messages = Arbitraries.of("", "one", "two");
        return Arbitraries.oneOf(
                Combinators.combine(reasons, messages).as(Standing.Ready::new),
                Combinators.combine(reasons, messages).as(Standing.Reconciling::new),
                Combinators.combine(reasons, messages).as(Standing.Stalled::new));
    }

    private static List<Condition> conditions(Standing standing) {
        return Conditions.after(List.of(), 7, NOW).standing(standing).build();
    }

    private static List<Condition> after(List<Condition> before, Standing standing) {
        return Conditions.after(before, 7, LATER).standing(standing).build();
    }

    private static String time(List<Condition> conditions, String type) {
        return Conditions.find(conditions, type).orElseThrow().getLastTransitionTime();
    }
}
