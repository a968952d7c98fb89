package dev.bulkhead.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.EgressBounds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressLimitTest {

    @Test
    void withoutBoundsNothingOutsideIsAllowed() {
        var limit = EgressLimit.of(null);

        assertThat(limit.allowsCidr("203.0.113.0/24")).isFalse();
        assertThat(limit.allowsHost("example.com")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24, 203.0.113.0/24,   true",
        "203.0.113.0/24, 203.0.113.128/25, true",
        "203.0.113.0/24, 203.0.113.7/32,   true",
        "203.0.113.0/24, 203.0.112.0/23,   false",
        "203.0.113.0/24, 0.0.0.0/0,        false",
        "203.0.113.0/24, 203.0.114.0/24,   false",
        "203.0.113.0/24, 203.0.113.9/16,   false",
        "0.0.0.0/0,      198.51.100.0/24,  true",
        "0.0.0.0/0,      ::/0,             false",
        "2001:db8::/32,  2001:db8:1::/48,  true",
        "2001:db8::/32,  2001:db9::/48,    false",
        "203.0.113.0/24, *,                false",
        "203.0.113.0/24, not-an-address,   false",
    })
    void aBlockIsAllowedWhenAllOfItIs(String allowed, String wanted, boolean expected) {
        var limit = EgressLimit.of(new EgressBounds(List.of(allowed), List.of()));

        assertThat(limit.allowsCidr(wanted)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, api.example.com,  true",
        "api.example.com, API.example.com,  true",
        "*.example.com,   api.example.com,  true",
        "*.example.com,   a.b.example.com,  true",
        "*.example.com,   example.com,      false",
        "*.example.com,   .example.com,     false",
        "*.example.com,   badexample.com,   false",
        "api.example.com, api.example.com.evil.example, false",
        "*,               anything.example, true",
    })
    void aHostIsAllowedByNameOrByWhatItIsBelow(String allowed, String wanted, boolean expected) {
        var limit = EgressLimit.of(new EgressBounds(List.of(), List.of(allowed)));

        assertThat(limit.allowsHost(wanted)).isEqualTo(expected);
    }
}
