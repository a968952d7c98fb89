package dev.bulkhead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many requests go at once, in peace and in trouble. */
class PaceTest {

    private final MovableClock clock = new MovableClock();
    private final Pace pace = new Pace(clock);

    @Test
    void inPeaceAsManyGoAsAnApiServerServesAtOnce() {
        var requests = enter(Pace.MOST + 1);

        assertThat(requests.subList(0, Pace.MOST)).allMatch(CompletableFuture::isDone);
        assertThat(requests.getLast()).isNotDone();
        pace.leave();
        assertThat(requests.getLast()).isCompleted();
    }

    @Test
    void anOutageEndsInATrickleThatGrows() {
        for (int i = 0; i < 20; i++) {
            anotherTrouble();
        }
        assertThat(pace.limit()).isEqualTo(Pace.LEAST);

        assertThat(enter(200)).filteredOn(CompletableFuture::isDone).hasSize(Pace.LEAST);
        for (int answered = 0; answered < 100; answered++) {
            pace.good();
            pace.leave();
        }
        // One more with each round: 2 + 3 + … + 14 answers.
        assertThat(pace.limit()).isBetween(10, 16);
    }

    @Test
    void manyFailuresAtOnceAreOneTrouble() {
        for (int i = 0; i < 64; i++) {
            pace.trouble(Duration.ZERO);
        }

        assertThat(pace.limit()).isEqualTo(Pace.MOST / 2);
    }

    @Test
    void itRecoversToTheFullPace() {
        anotherTrouble();
        IntStream.range(0, 64 * 64).forEach(_ -> pace.good());

        assertThat(pace.limit()).isEqualTo(Pace.MOST);
    }

    @Test
    void nobodyGoesBeforeRetryAfterHasPassed() {
        pace.trouble(Duration.ofSeconds(5));
        var request = pace.enter();

        assertThat(request).isNotDone();
        clock.advance(Duration.ofSeconds(6));
        pace.admit();
        assertThat(request).isCompleted();
    }

    @Test
    void whoWouldWaitTooLongIsToldAtOnce() {
        pace.trouble(Duration.ofSeconds(60));

        assertThatThrownBy(() -> pace.enter().join())
                .hasRootCauseMessage(
                        "The API server isn't keeping up: it asked to be left alone for 60 seconds. It is tried again");
        assertThat(pace.waiting()).isZero();
    }

    @Test
    void aServerThatAsksForHoursIsAskedAgainAfterAMinute() {
        pace.trouble(Duration.ofHours(20));
        assertThat(pace.held()).isEqualTo(Pace.LONGEST_HOLD);

        clock.advance(Pace.LONGEST_HOLD);
        assertThat(pace.enter()).isCompleted();
    }

    @Test
    void whoGaveUpWaitingTakesNoPlace() {
        var requests = enter(Pace.MOST + 2);
        requests.get(Pace.MOST).cancel(true);

        pace.leave();

        assertThat(requests.getLast()).isCompleted();
        assertThat(pace.underWay()).isEqualTo(Pace.MOST);
    }

    private void anotherTrouble() {
        pace.trouble(Duration.ZERO);
        clock.advance(Pace.ONE_TROUBLE.plusMillis(1));
    }

    private List<CompletableFuture<Void>> enter(int requests) {
        return IntStream.range(0, requests).mapToObj(_ -> pace.enter()).toList();
    }
}
