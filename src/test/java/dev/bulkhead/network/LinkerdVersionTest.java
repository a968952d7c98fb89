package dev.bulkhead.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkerdVersionTest {

    @ParameterizedTest
    @CsvSource({
        "version-2.19,     true",
        "version-2.20,     true",
        "version-3.0,      true",
        "version-2.18,     false",
        "stable-2.14.10,   false",
        "2.19.1,           true",
        "v2.18.3,          false",
        "edge-25.5.1,      true",
        "edge-26.1.1,      true",
        "edge-25.4.4,      false",
        "edge-24.11.8,     false"
    })
    void releasesAndEdgesAreComparedEachWithItsOwn(String tag, boolean since) {
        assertThat(LinkerdVersion.of(tag).orElseThrow().isSince("2.19", "edge-25.5"))
                .isEqualTo(since);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "2", "2.x", "edge-25"})
    void whatIsNoNumberIsNotKnown(String tag) {
        assertThat(LinkerdVersion.of(tag)).isEmpty();
    }

    @Test
    void whatNobodySaysIsNotKnown() {
        assertThat(LinkerdVersion.of(null)).isEmpty();
    }
}
