package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.apply.EnvironmentId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cluster that doesn't answer holds up its own environments only. */
class PlacesTest {

    private static final EnvironmentId WAITING = new EnvironmentId("shop", "waiting");

    private final Places places = new Places(2, cluster -> !cluster.equals("own"));
    private final CountDownLatch answer = new CountDownLatch(1);

    @Test
    void oneThatDoesntAnswerFillsItsOwnPlacesAndNobodyElses() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var stuck = IntStream.range(0, 2)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> places.at("dead", new EnvironmentId("shop", "e" + i), this::hang), threads))
                    .toList();
            await().until(() -> stuck.stream().noneMatch(CompletableFuture::isDone));
            var next = CompletableFuture.runAsync(() -> places.at("dead", WAITING, () -> "done"), threads);
            await().until(() -> places.waiting().getOrDefault("dead", 0) == 1);

            assertThat(places.holdsUp(WAITING)).isTrue();
            assertThat(places.at("alive", new EnvironmentId("shop", "other"), () -> "done"))
                    .isEqualTo("done");
            assertThat(next).isNotDone();

            answer.countDown();
            CompletableFuture.allOf(
                            List.of(stuck.getFirst(), stuck.getLast(), next).toArray(CompletableFuture[]::new))
                    .join();
            assertThat(places.holdsUp(WAITING)).isFalse();
        }
    }

    @Test
    void soManyAreBegunAtOnceAndNobodyInTheDoorWaitsForAnotherCluster() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 5)
                    .forEach(i -> threads.execute(() ->
                            places.enter(() -> places.at("dead", new EnvironmentId("shop", "e" + i), this::hang))));
            IntStream.range(0, 5).forEach(_ -> threads.execute(() -> places.enter(() -> places.aside(this::hang))));
            await().until(() -> places.waiting().getOrDefault("dead", 0) == 3);
            var begun = new AtomicInteger();
            IntStream.range(0, 5)
                    .forEach(_ -> threads.execute(() -> places.enter(() -> {
                        begun.incrementAndGet();
                        hang();
                    })));
            await().until(() -> begun.get() == 2);
            await().during(Duration.ofMillis(200)).until(() -> begun.get() == 2);

            answer.countDown();
            await().until(() -> begun.get() == 5);
        }
    }

    @Test
    void whoFailsLeavesItsPlaceAndTheDoor() {
        for (var i = 0; i < 5; i++) {
            assertThatThrownBy(() -> places.enter(() -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
        }

        for (var i = 0; i < 5; i++) {
            assertThatThrownBy(() -> places.at("east", WAITING, () -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
        }
    }

    private String hang() {
        await().until(() -> answer.getCount() == 0);
        return "done";
    }
}
