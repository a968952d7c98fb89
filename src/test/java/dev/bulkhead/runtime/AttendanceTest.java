package dev.bulkhead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.MovableClock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What counts as stuck. That being stuck is cured, JosdkRegressionIT shows on JOSDK itself. */
class AttendanceTest {

    private static final Map<String, Object> CONTROLLER = Map.of(Constants.CONTROLLER_NAME, "environment");
    private static final ConfigMap STAGING = new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("staging")
            .endMetadata()
            .build();

    private final MovableClock clock = new MovableClock();
    private final Attendance attendance =
            new Attendance(Metrics.NOOP, new OperatorMeters(new SimpleMeterRegistry()), clock);

    @Test
    void whoIsTakenUpAndDoneIsNotStuck() {
        event();
        attendance.reconciliationSubmitted(STAGING, null, CONTROLLER);
        attendance.reconciliationStarted(STAGING, CONTROLLER);
        attendance.reconciliationSucceeded(STAGING, CONTROLLER);
        attendance.reconciliationFinished(STAGING, null, CONTROLLER);

        assertThat(attendance.stuck()).isEmpty();
        assertThat(attendance.longestWait("environment")).isZero();
    }

    @Test
    void whoVanishedFromTheCacheBeforeItsTurnIsStuck() {
        event();
        attendance.reconciliationSubmitted(STAGING, null, CONTROLLER);
        attendance.reconciliationFinished(STAGING, null, CONTROLLER);

        assertThat(attendance.stuck()).containsExactly("environment shop/staging");
    }

    @Test
    void whoseReconciliationEndedWithAnErrorIsStuck() {
        attendance.reconciliationSubmitted(STAGING, null, CONTROLLER);
        attendance.reconciliationStarted(STAGING, CONTROLLER);
        attendance.reconciliationFinished(STAGING, null, CONTROLLER);

        assertThat(attendance.stuck()).containsExactly("environment shop/staging");
    }

    @Test
    void anEventThatNobodyTakesUpIsStuckAfterAMinute() {
        event();
        clock.advance(Attendance.TOO_LONG);
        assertThat(attendance.stuck()).isEmpty();
        assertThat(attendance.longestWait("environment")).isEqualTo(Attendance.TOO_LONG);
        assertThat(attendance.longestWait("workload")).isZero();

        clock.advance(Duration.ofSeconds(1));
        assertThat(attendance.stuck()).containsExactly("environment shop/staging");
    }

    @Test
    void whoIsBeingWorkedOnIsNotTouchedHoweverLongItTakes() {
        event();
        attendance.reconciliationSubmitted(STAGING, null, CONTROLLER);
        attendance.reconciliationStarted(STAGING, CONTROLLER);
        event();
        clock.advance(Duration.ofHours(1));

        assertThat(attendance.stuck()).isEmpty();
    }

    @Test
    void whoWaitsForAThreadIsNotTouched() {
        event();
        attendance.reconciliationSubmitted(STAGING, null, CONTROLLER);
        clock.advance(Duration.ofHours(1));

        assertThat(attendance.stuck()).isEmpty();
    }

    @Test
    void aNextTurnThatBeginsBeforeTheLastIsOverKeepsItFromBeingTouched() {
        attendance.reconciliationSubmitted(STAGING, null, CONTROLLER);
        attendance.reconciliationStarted(STAGING, CONTROLLER);
        event();
        attendance.reconciliationSucceeded(STAGING, CONTROLLER);
        attendance.reconciliationSubmitted(STAGING, null, CONTROLLER);
        attendance.reconciliationFinished(STAGING, null, CONTROLLER);
        clock.advance(Duration.ofHours(1));

        assertThat(attendance.stuck()).isEmpty();
    }

    @Test
    void whoIsGoneIsForgotten() {
        event();
        clock.advance(Duration.ofHours(1));
        attendance.cleanupDone(ResourceID.fromResource(STAGING), CONTROLLER);

        assertThat(attendance.stuck()).isEmpty();
        assertThat(attendance.longestWait("environment")).isZero();
    }

    private void event() {
        attendance.eventReceived(new Event(ResourceID.fromResource(STAGING)), CONTROLLER);
    }
}
