package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.apply.EnvironmentId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");

    private final Turns turns = new Turns();
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void theSecondWaitsForTheFirstAndAnotherEnvironmentForNobody() {
        var begun = new CountDownLatch(1);
        var first = new CountDownLatch(1);
        var working = CompletableFuture.runAsync(() -> turns.take(STAGING, () -> {
            begun.countDown();
            await().until(() -> first.getCount() == 0);
            return done.add("first");
        }));
        await().until(() -> begun.getCount() == 0);
        var waiting = CompletableFuture.runAsync(() -> turns.take(STAGING, () -> done.add("second")));

        turns.take(new EnvironmentId("shop", "production"), () -> done.add("other"));
        await().during(Duration.ofMillis(50)).until(() -> done.size() == 1);
        first.countDown();
        CompletableFuture.allOf(working, waiting).join();

        assertThat(done).containsExactly("other", "first", "second");
    }

    @Test
    void whoFailsLeavesTheTurnToTheNext() {
        assertThatThrownBy(() -> turns.take(STAGING, () -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");

        assertThat(turns.<String>take(STAGING, () -> "next")).isEqualTo("next");
    }
}
