package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cluster.ConnectionSchedule.Move;
import dev.bulkhead.cluster.ConnectionSchedule.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** When a cluster is looked at, opened, closed and tried again. */
class ConnectionScheduleTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Every pause may be longer by a quarter, each cluster's by another part of it. */
    private static final double SPREAD = 1.25;

    private final ConnectionSchedule fresh = ConnectionSchedule.begin("staging-k3s", START);

    @Test
    void oneThatNobodyUsesIsLookedAtAndNotOpened() {
        assertThat(fresh.next(START, false)).isEqualTo(Move.LOOK);

        var seen = fresh.seen(START);
        assertThat(seen.next(START.plusSeconds(60), false)).isEqualTo(Move.REST);
        assertThat(seen.next(START.plus(ConnectionSchedule.CALM.multipliedBy(2)), false))
                .isEqualTo(Move.LOOK);
    }

    @Test
    void oneThatSomebodyUsesIsOpenedAtOnce() {
        assertThat(fresh.next(START, true)).isEqualTo(Move.OPEN);
        assertThat(fresh.seen(START).next(START.plusMillis(1), true)).isEqualTo(Move.OPEN);
    }

    @Test
    void oneThatNobodyUsesAnyMoreIsClosed() {
        assertThat(fresh.opened(START).next(START.plusSeconds(1), false)).isEqualTo(Move.CLOSE);
    }

    @Test
    void aReasonToLookCountsAfterASecondWhateverTheStage() {
        for (var schedule : List.of(fresh.seen(START), fresh.opened(START), broken(20))) {
            var prompted = schedule.prompt();
            var wanted = schedule.stage() == Stage.OPEN;
            assertThat(prompted.next(prompted.looked(), wanted)).isEqualTo(Move.REST);
            assertThat(prompted.next(prompted.looked().plusSeconds(1), wanted)).isEqualTo(Move.LOOK);
        }
    }

    @Test
    void oneThatFailsIsTriedEverMoreSlowlyAndWithinHalfAMinuteWhileItIsUsed() {
        assertThat(pause(broken(1), true)).isLessThanOrEqualTo(spread(Duration.ofSeconds(1)));
        assertThat(pause(broken(4), true)).isBetween(Duration.ofSeconds(8), spread(Duration.ofSeconds(8)));
        assertThat(pause(broken(1000), true)).isBetween(ConnectionSchedule.LONGEST, spread(ConnectionSchedule.LONGEST));
        assertThat(pause(broken(1000), false)).isBetween(ConnectionSchedule.CALM, spread(ConnectionSchedule.CALM));
    }

    @Test
    void oneThatDoesntStayOpenWasAFailureToo() {
        var schedule = fresh;
        for (var i = 0; i < 5; i++) {
            schedule = schedule.opened(START).failed(START.plusSeconds(20));
        }
        assertThat(schedule.failures()).isEqualTo(5);

        assertThat(schedule.opened(START)
                        .failed(START.plus(ConnectionSchedule.STEADY))
                        .failures())
                .isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackStopsNothing() {
        assertThat(broken(3).next(START.minus(Duration.ofHours(1)), true)).isEqualTo(Move.OPEN);
        assertThat(fresh.opened(START).next(START.minus(Duration.ofHours(1)), true))
                .isEqualTo(Move.LOOK);
    }

    @Property
    void whateverHappensNobodyIsHastyAndNobodyForgets(
            @ForAll long seed, @ForAll @IntRange(min = 20, max = 200) int turns) {
        var random = new Random(seed);
        var now = START;
        var schedule = ConnectionSchedule.begin("cluster-" + seed, now);
        var failures = new ArrayList<Instant>();
        for (var i = 0; i < turns; i++) {
            var wanted = random.nextInt(4) > 0;
            var move = schedule.next(now, wanted);
            if (move == Move.OPEN || move == Move.CLOSE) {
                assertThat(wanted).isEqualTo(move == Move.OPEN);
            }
            if (schedule.stage() == Stage.BROKEN && move != Move.REST && !failures.isEmpty()) {
                assertThat(Duration.between(failures.getLast(), now))
                        .isGreaterThanOrEqualTo(ConnectionSchedule.SOONEST);
            }
            switch (move) {
                case REST -> {}
                case LOOK -> schedule = random.nextInt(3) > 0 ? schedule.seen(now) : fail(schedule, now, failures);
                case OPEN -> schedule = random.nextInt(3) > 0 ? schedule.opened(now) : fail(schedule, now, failures);
                case CLOSE -> schedule = schedule.closed(now);
            }
            if (schedule.stage() == Stage.OPEN && random.nextInt(10) == 0) {
                schedule = fail(schedule, now, failures);
            }
            assertThat(pause(schedule, true)).isLessThanOrEqualTo(spread(ConnectionSchedule.CHECK));
            assertThat(pause(schedule, false)).isLessThanOrEqualTo(spread(ConnectionSchedule.CALM));
            now = now.plusMillis(random.nextInt(20_000));
        }
    }

    private static ConnectionSchedule fail(ConnectionSchedule schedule, Instant now, List<Instant> failures) {
        failures.add(now);
        return schedule.failed(now);
    }

    private ConnectionSchedule broken(int failures) {
        var schedule = fresh;
        for (var i = 0; i < failures; i++) {
            schedule = schedule.failed(START);
        }
        return schedule;
    }

    /** How long nothing is done from the last look on. */
    private static Duration pause(ConnectionSchedule schedule, boolean wanted) {
        var pause = Duration.ZERO;
        while (schedule.next(schedule.looked().plus(pause), wanted) == Move.REST) {
            pause = pause.plusMillis(250);
            assertThat(pause).isLessThan(Duration.ofMinutes(10));
        }
        return pause;
    }

    private static Duration spread(Duration pause) {
        return Duration.ofMillis((long) (pause.toMillis() * SPREAD) + 250);
    }
}
