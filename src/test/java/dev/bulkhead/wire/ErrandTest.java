package dev.bulkhead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.MovableClock;
import org.junit.jupiter.api.Test;

class ErrandTest {

    /** Found by the enumeration of crashes: 64 of them, and nothing was ever sent again. */
    @Test
    void whatCannotEvenBeSentGivesItsTurnBack() {
        var pace = new Pace(new MovableClock());

        var errand = new Errand<String>(pace, Breaker.none(), "PATCH", () -> {
            throw new IllegalStateException("on purpose, by a test");
        });

        assertThatThrownBy(() -> errand.run().join()).hasMessageContaining("on purpose, by a test");
        assertThat(pace.underWay()).isZero();
    }
}
