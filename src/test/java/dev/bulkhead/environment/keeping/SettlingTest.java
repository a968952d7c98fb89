package dev.bulkhead.environment.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Secret that is edited twice in a moment is one change. */
class SettlingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Settling settling = new Settling();

    @Test
    void whatIsSeenForTheFirstTimeIsBelieved() {
        assertThat(look("one", 0)).isEqualTo("one");
        assertThat(settling.wake(Shelves.STAGING)).isEmpty();
    }

    @Test
    void aChangeIsBelievedWhenItHasStayed() {
        look("one", 0);

        assertThat(look("two", 10)).isEqualTo("one");
        assertThat(settling.wake(Shelves.STAGING)).contains(NOW.plusSeconds(12));
        assertThat(look("two", 11)).isEqualTo("one");
        assertThat(look("two", 12)).isEqualTo("two");
        assertThat(settling.wake(Shelves.STAGING)).isEmpty();
    }

    @Test
    void whatItWasInBetweenIsNotFollowed() {
        look("one", 0);
        look("two", 10);

        assertThat(look("three", 11)).isEqualTo("one");
        assertThat(look("three", 12)).isEqualTo("one");
        assertThat(look("three", 13)).isEqualTo("three");
    }

    @Test
    void aClockThatIsPutBackHoldsNothingUp() {
        look("one", 0);
        look("two", 10);

        assertThat(look("two", -3600)).isEqualTo("two");
    }

    @Test
    void whoHasNoValueYetDoesNotWait() {
        look("one", 0);

        assertThat(settling.of(Shelves.STAGING, Map.of("stripe", "two"), _ -> false, NOW))
                .containsEntry("stripe", "two");
    }

    @Test
    void whatIsGoneIsGone() {
        look("one", 0);

        assertThat(settling.of(Shelves.STAGING, Map.of(), _ -> true, NOW)).isEmpty();
    }

    private String look(String hash, int second) {
        return settling.of(Shelves.STAGING, Map.of("stripe", hash), _ -> true, NOW.plusSeconds(second))
                .get("stripe");
    }
}
