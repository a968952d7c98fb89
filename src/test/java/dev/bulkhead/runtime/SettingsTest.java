package dev.bulkhead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be meant is refused at start. */
class SettingsTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10_001})
    void aRateThatWritesNothingOrEverythingIsRefused(int rate) {
        assertThatThrownBy(() -> withRate(rate))
                .hasMessage("bulkhead.secret-writes-per-second is %d. Set it to 1 to 10000, or leave it at 300", rate);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300, 10_000})
    void anyOtherRateIsNot(int rate) {
        assertThat(withRate(rate).secretWritesPerSecond()).isEqualTo(rate);
    }

    private static Settings withRate(int rate) {
        return new Settings(
                "bulkhead-system",
                Optional.empty(),
                Optional.empty(),
                Settings.DEFAULTS.resync(),
                Settings.DEFAULTS.parallelism(),
                Settings.DEFAULTS.operationHistory(),
                rate,
                List.of(),
                Optional.empty());
    }
}
