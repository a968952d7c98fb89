package dev.bulkhead.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A fight costs less and less, and ends. */
class ContestsTest {

    private static final Ref FILE = new Ref(Kind.CONFIG_MAP, "web", "api");
    private static final Instant NOW = MovableClock.START;

    private final Contests contests = new Contests();

    @Test
    void aFewRepairsAreNoContest() {
        repair(Contests.FIGHT - 1, NOW);

        assertThat(contests.holdBack(FILE, NOW)).isEmpty();
    }

    @Test
    void oneRepairMoreIsHeldBackUntilItIsDue() {
        repair(Contests.FIGHT, NOW);

        assertThat(contests.holdBack(FILE, NOW))
                .hasValueSatisfying(contest -> assertThat(contest.nextRepair()).isEqualTo(NOW.plus(Contests.FIRST)));
        assertThat(contests.holdBack(FILE, NOW.plus(Contests.FIRST))).isEmpty();
    }

    @Test
    void aContestIsAboutOneObject() {
        repair(Contests.FIGHT, NOW);

        assertThat(contests.holdBack(new Ref(Kind.CONFIG_MAP, "web", "other"), NOW))
                .isEmpty();
    }

    @Property(tries = 100)
    void patienceGrowsWithEachRepairAndIsBounded(@ForAll @IntRange(min = 1, max = 2000) int repairs) {
        var one = new Contests.Contest(FILE, repairs, NOW, "rival").patience();
        var next = new Contests.Contest(FILE, repairs + 1, NOW, "rival").patience();

        assertThat(next).isGreaterThanOrEqualTo(one).isLessThanOrEqualTo(Contests.LONGEST);
    }

    @Test
    void afterACalmTimeTheCountStartsAgain() {
        repair(Contests.FIGHT, NOW);
        var later = NOW.plus(Contests.FIRST).plus(Contests.CALM).plus(Duration.ofSeconds(1));

        repair(1, later);

        assertThat(contests.holdBack(FILE, later)).isEmpty();
    }

    @Test
    void theLastRivalIsNamed() {
        contests.repaired(FILE, "first", NOW);
        repair(Contests.FIGHT, NOW);

        assertThat(contests.holdBack(FILE, NOW).orElseThrow().manager()).isEqualTo("rival");
    }

    private void repair(int times, Instant at) {
        for (var repair = 0; repair < times; repair++) {
            contests.repaired(FILE, "rival", at);
        }
    }
}
