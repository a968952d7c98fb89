package dev.bulkhead.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** However many want to write at the same moment, so many do in a second. */
class WriteRateTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final EnvironmentId CALM = new EnvironmentId("shop", "calm");
    private static final EnvironmentId HURT = new EnvironmentId("shop", "hurt");

    private final AtomicLong now = new AtomicLong(-SECOND);
    private final WriteRate rate = new WriteRate(100, now::get, now::addAndGet);

    @Test
    void noSecondHasMoreWritesThanThatAndASmallBurst() {
        var times = times(1_000);

        assertThat(times).allSatisfy(from -> assertThat(times.stream().filter(it -> it >= from && it < from + SECOND))
                .hasSizeLessThanOrEqualTo(110));
        assertThat(times.getLast() - times.getFirst()).isLessThan(10 * SECOND);
    }

    @Test
    void aLongRestDoesNotAddUp() {
        times(200);
        now.addAndGet(60 * SECOND);
        var rested = now.get();

        assertThat(times(500)).filteredOn(it -> it < rested + SECOND).hasSizeLessThanOrEqualTo(110);
    }

    @Test
    void whoWritesLittleNeverWaits() {
        var start = now.get();

        IntStream.range(0, 100).forEach(_ -> rate.write(CALM, () -> now.addAndGet(SECOND / 50)));

        assertThat(now.get() - start).isEqualTo(2 * SECOND);
    }

    @Test
    void whoIsInAHurryWaitsForNobodyAndOthersWaitForThem() {
        times(50);
        var before = now.get();
        rate.hurry(HURT, true);

        IntStream.range(0, 30).forEach(_ -> rate.write(HURT, now::get));
        assertThat(now.get()).isEqualTo(before);

        rate.write(CALM, now::get);
        assertThat(now.get()).isGreaterThanOrEqualTo(before + 30 * SECOND / 100);

        rate.hurry(HURT, false);
        rate.write(HURT, now::get);
        assertThat(now.get()).isGreaterThanOrEqualTo(before + 31 * SECOND / 100);
    }

    @Test
    void thousandsOfThreadsShareIt() throws InterruptedException {
        var real = new WriteRate(2_000);
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        var start = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(Collections.nCopies(1_000, (Callable<Integer>) () -> real.write(CALM, () -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                return underWay.decrementAndGet();
            })));
        }

        // 200 at once, and 800 at 2,000 a second.
        assertThat(System.nanoTime() - start).isGreaterThan(SECOND * 3 / 10);
        assertThat(most).hasValueLessThanOrEqualTo(200);
    }

    /** An API server that stands still for a while must not get all at once what came up meanwhile. */
    @Test
    void whileNoAnswerComesNothingPilesUp() {
        var answers = new CountDownLatch(1);
        var sent = new AtomicInteger();
        var still = new WriteRate(100);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 50)
                    .forEach(_ -> threads.execute(() -> still.write(CALM, () -> {
                        sent.incrementAndGet();
                        return waitFor(answers);
                    })));
            Awaitility.await().untilAsserted(() -> assertThat(sent).hasValue(10));
            Awaitility.await().during(Duration.ofMillis(300)).untilAsserted(() -> assertThat(sent)
                    .hasValue(10));
            answers.countDown();
        }

        assertThat(sent).hasValue(50);
    }

    private static boolean waitFor(CountDownLatch answers) {
        try {
            return answers.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Long> times(int writes) {
        return IntStream.range(0, writes)
                .mapToObj(_ -> rate.write(CALM, now::get))
                .toList();
    }
}
