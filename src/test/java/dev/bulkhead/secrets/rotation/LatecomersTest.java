package dev.bulkhead.secrets.rotation;

import static dev.bulkhead.secrets.rotation.Lines.DAY;
import static dev.bulkhead.secrets.rotation.Lines.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** After an outage of a week, all that came due meanwhile begins within minutes, and not in one second. */
class LatecomersTest {

    private static final Line AT_REST = LineChange.of(Line.atRest(3, NOW.minus(DAY.multipliedBy(90))))
            .next(NOW.minus(DAY.multipliedBy(7)))
            .done();

    @Test
    void environmentsBeginOneAfterTheOther() {
        var turns = IntStream.range(0, 600)
                .mapToObj(i -> turn("hub/shop/e" + i, AT_REST))
                .toList();

        assertThat(turns).allMatch(it -> !it.isBefore(NOW) && it.isBefore(NOW.plus(Latecomers.LONGEST)));
        assertThat(IntStream.range(0, 10).mapToLong(minute -> turns.stream()
                        .filter(it -> Duration.between(NOW, it).toMinutes() == minute)
                        .count()))
                .allMatch(inAMinute -> inAMinute > 30 && inAMinute < 100);
    }

    @Test
    void theEntriesOfAnEnvironmentBeginTogether() {
        var another = LineChange.of(AT_REST).next(NOW.minus(DAY)).done();

        assertThat(turn("hub/shop/staging", AT_REST)).isEqualTo(turn("hub/shop/staging", another));
    }

    @Test
    void whenItsTurnHasComeItBegins() {
        var turn = turn("hub/shop/staging", AT_REST);

        assertThat(decided("hub/shop/staging", AT_REST, Cause.SCHEDULE, turn)
                        .line()
                        .phase())
                .isEqualTo(Phase.Due);
    }

    @Test
    void nobodyWaitsForLongerThanItWasLate() {
        var justMissed = LineChange.of(AT_REST).next(NOW.minusSeconds(5)).done();

        assertThat(IntStream.range(0, 100).mapToObj(i -> turn("hub/shop/e" + i, justMissed)))
                .allMatch(it -> it.isBefore(NOW.plusSeconds(5)));
    }

    @Test
    void whatComesDueWhileSomebodyIsThereBeginsAtOnce() {
        var inTime = LineChange.of(AT_REST).next(NOW.plusSeconds(1)).done();

        assertThat(decided("hub/shop/staging", inTime, Cause.SCHEDULE, NOW.plusSeconds(1))
                        .line()
                        .phase())
                .isEqualTo(Phase.Due);
    }

    @Test
    void whatExpiresOrWasAskedForWaitsForNobody() {
        var asked = Cause.of(new Wish(Wish.Kind.Rotate, "uid"));
        var compromised = Cause.of(new Wish(Wish.Kind.Compromised, "uid"));

        assertThat(List.of(Cause.EXPIRY, Cause.ISSUER, Cause.RECIPE, Cause.SOURCE, Cause.LOSS, asked, compromised))
                .allSatisfy(cause -> assertThat(decided("hub/shop/staging", AT_REST, cause, NOW)
                                .line()
                                .phase())
                        .isEqualTo(Phase.Due));
    }

    @Test
    void theFirstVersionWaitsForNobody() {
        var first = decision(Line.atRest(0, NOW), Cause.FIRST);

        assertThat(new Latecomers("hub/shop/staging", NOW).inTurn(Optional.empty(), first, NOW))
                .isEqualTo(first);
    }

    @Test
    void whatIsUnderWayGoesOn() {
        var staged = LineChange.of(AT_REST).enters(Phase.Staged, NOW).done();

        assertThat(decided("hub/shop/staging", staged, Cause.SCHEDULE, NOW)
                        .line()
                        .phase())
                .isEqualTo(Phase.Due);
    }

    private static Instant turn(String environment, Line line) {
        var decision = decided(environment, line, Cause.SCHEDULE, NOW);
        // One in many has the first millisecond, and begins.
        return decision.wake() == null ? NOW : decision.wake();
    }

    private static Decision decided(String environment, Line line, String cause, Instant now) {
        return new Latecomers(environment, NOW).inTurn(Optional.of(line), decision(line, cause), now);
    }

    private static Decision decision(Line line, String cause) {
        return new Decision(
                LineChange.of(line).rotation("id", cause).enters(Phase.Due, NOW).done(), List.of(), null);
    }
}
