package dev.bulkhead.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.api.v1alpha1.Span;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {

    @Test
    void daysHoursMinutesAndSecondsAddUp() {
        assertThat(Span.of("90d")).isEqualTo(Duration.ofDays(90));
        assertThat(Span.of("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Span.of("1d2h3m4s")).isEqualTo(Duration.parse("P1DT2H3M4S"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1w", "0d", "30m1h", "1.5h", "-1d", "h"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> Span.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("90d");
    }
}
