package dev.bulkhead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When an API server is left alone that doesn't answer. */
class BreakerTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Breaker breaker = Breaker.of("east");

    BreakerTest() {
        breaker.measure(registry, "east");
    }

    @Test
    void oneThatDoesntAnswerIsLeftAloneAndSaysSo() {
        fail(10);

        assertThat(breaker.lets()).isFalse();
        assertThat(reading()).isEqualTo(1);
    }

    @Test
    void aFewFailuresAmongManyAnswersAreNothing() {
        IntStream.range(0, 12).forEach(_ -> answer(200));
        fail(8);

        assertThat(breaker.lets()).isTrue();
        assertThat(reading()).isZero();
    }

    @Test
    void whatTheServerRefusesOrPostponesIsAnAnswer() {
        IntStream.range(0, 20).forEach(i -> answer(i % 2 == 0 ? 403 : 429));

        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void whatWeDontSendOurselvesSaysNothingOfTheServer() {
        IntStream.range(0, 20).forEach(_ -> {
            breaker.lets();
            breaker.failed(new IllegalStateException("no right to write"), 1);
        });

        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void oneThatWasSeenAliveIsAskedAgainAtOnce() {
        fail(10);

        breaker.reset();

        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void theHubsOwnServerIsNeverLeftAlone() {
        var none = Breaker.none();
        IntStream.range(0, 50).forEach(_ -> none.failed(new IOException("no answer"), 1));

        assertThat(none.lets()).isTrue();
    }

    private void fail(int times) {
        IntStream.range(0, times).forEach(_ -> {
            assertThat(breaker.lets()).isTrue();
            breaker.failed(new IOException("no answer"), 1);
        });
    }

    private void answer(int code) {
        assertThat(breaker.lets()).isTrue();
        breaker.answered(code, 1);
    }

    private double reading() {
        return registry.get("bulkhead.cluster.breaker")
                .tag("cluster", "east")
                .gauge()
                .value();
    }
}
