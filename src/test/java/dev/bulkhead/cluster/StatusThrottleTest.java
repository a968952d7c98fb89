package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.TargetClusterStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often the status of a cluster may change that comes and goes. */
class StatusThrottleTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final StatusThrottle throttle = new StatusThrottle();

    @Test
    void aFlappingClusterChangesItsStatusAboutOnceAMinute() {
        var now = START;
        var shown = status(1, "Ready");
        var changes = 0;
        for (var i = 0; i < 180; i++) {
            var next = status(1, i % 2 == 0 ? "ClusterUnreachable" : "Ready");
            if (!next.equals(shown) && throttle.hold("uid", shown, next, now).isZero()) {
                shown = next;
                changes++;
            }
            now = now.plusSeconds(20);
        }

        assertThat(changes).isLessThanOrEqualTo(60 + 2 * StatusThrottle.AT_ONCE);
    }

    @Test
    void theFirstFewAreShownAtOnceAndTheNextIsHeldForAWhile() {
        for (var i = 0; i < StatusThrottle.AT_ONCE; i++) {
            assertThat(hold("Ready", "ClusterUnreachable", 1)).isZero();
        }

        assertThat(hold("Ready", "ClusterUnreachable", 1)).isBetween(Duration.ofSeconds(1), StatusThrottle.EACH);
    }

    @Test
    void somethingNewIsSaidAtOnceWhateverWasBefore() {
        for (var i = 0; i < 5; i++) {
            hold("Ready", "ClusterUnreachable", 1);
        }

        assertThat(hold("Ready", "CredentialRefused", 1)).isZero();
    }

    @Test
    void anEditIsAnsweredWhateverWasBefore() {
        for (var i = 0; i < StatusThrottle.AT_ONCE; i++) {
            hold("Ready", "Progressing", 1);
        }

        assertThat(hold("Ready", "Progressing", 2)).isZero();
    }

    @Test
    void aClockThatIsSetBackSilencesNothing() {
        for (var i = 0; i < StatusThrottle.AT_ONCE; i++) {
            hold("Ready", "Progressing", 1);
        }

        assertThat(throttle.hold("uid", status(1, "Ready"), status(1, "Progressing"), START.minus(Duration.ofHours(1))))
                .isZero();
    }

    private Duration hold(String before, String next, long generation) {
        return throttle.hold("uid", status(1, before), status(generation, next), START.plusSeconds(10));
    }

    private static TargetClusterStatus status(long generation, String reason) {
        return new TargetClusterStatus(
                generation,
                List.of(new ConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason(reason)
                        .build()),
                null,
                null,
                null,
                0,
                List.of(),
                null);
    }
}
