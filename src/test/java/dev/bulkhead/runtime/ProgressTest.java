package dev.bulkhead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.environment.FakeHub;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who waits for a look, and since when. */
class ProgressTest {

    private final MovableClock clock = new MovableClock();
    private final FakeHub hub = new FakeHub();
    private final Set<EnvironmentId> heldUp = new HashSet<>();
    private final Progress progress = new Progress(hub, heldUp::contains, clock);

    @Test
    void whoWasLookedAtDoesNotWait() {
        environment("staging", 3, "observedGeneration: 3");

        assertThat(progress.longest()).isEmpty();
        assertThat(progress.seconds()).isZero();
    }

    @Test
    void whoNobodyEverLookedAtWaits() {
        environment("staging", 1, "");
        progress.longest();
        clock.advance(Duration.ofSeconds(90));

        assertThat(progress.longest()).contains(new Progress.Waiting("shop/staging", Duration.ofSeconds(90)));
        assertThat(progress.seconds()).isEqualTo(90.0);
    }

    @Test
    void theOneWhoWaitsLongestIsNamed() {
        environment("first", 2, "observedGeneration: 1");
        progress.longest();
        clock.advance(Duration.ofSeconds(10));
        environment("second", 2, "observedGeneration: 1");
        progress.longest();
        clock.advance(Duration.ofSeconds(10));

        assertThat(progress.longest()).contains(new Progress.Waiting("shop/first", Duration.ofSeconds(20)));
    }

    @Test
    void aSlowClusterIsNoStuckLoop() {
        environment("staging", 2, "observedGeneration: 1");
        progress.longest();
        clock.advance(Duration.ofMinutes(20));
        heldUp.add(new EnvironmentId("shop", "staging"));

        assertThat(progress.longest()).isEmpty();
    }

    @Test
    void aLookEndsTheWait() {
        environment("staging", 2, "observedGeneration: 1");
        progress.longest();
        hub.clear();
        environment("staging", 2, "observedGeneration: 2");
        assertThat(progress.longest()).isEmpty();

        hub.clear();
        environment("staging", 3, "observedGeneration: 2");
        clock.advance(Duration.ofHours(1));
        assertThat(progress.longest()).contains(new Progress.Waiting("shop/staging", Duration.ZERO));
    }

    @Test
    void whoEditsAllTheTimeDoesNotHideThatNobodyLooks() {
        environment("staging", 2, "observedGeneration: 1");
        progress.longest();
        clock.advance(Duration.ofMinutes(4));
        hub.clear();
        environment("staging", 3, "observedGeneration: 1");
        progress.longest();
        clock.advance(Duration.ofMinutes(4));

        assertThat(progress.longest()).contains(new Progress.Waiting("shop/staging", Duration.ofMinutes(8)));
    }

    @Test
    void whoIsBeingDeletedIsTakenDownAndDoesNotWait() {
        hub.put("""
                kind: Environment
                metadata: {name: staging, namespace: shop, generation: 2, deletionTimestamp: "2026-01-01T00:00:00Z"}
                spec: {namespaces: [{name: web}]}
                """);

        assertThat(progress.longest()).isEmpty();
    }

    private void environment(String name, long generation, String status) {
        hub.put("""
                ---
                kind: Environment
                metadata: {name: %s, namespace: shop, generation: %d}
                spec: {namespaces: [{name: web}]}
                status: {%s}
                """.formatted(name, generation, status));
    }
}
