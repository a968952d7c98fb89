package dev.bulkhead.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlocksTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.10,                                 192.0.2.10/32",
        "2001:db8::1,                                2001:db8::1/128",
        "10.42.0.0 10.42.0.1,                        10.42.0.0/31",
        "10.42.0.1 10.42.0.2,                        10.42.0.1/32 10.42.0.2/32",
        "10.42.0.0 10.42.0.0/24 10.42.0.9,           10.42.0.0/24",
        "10.42.1.0/24 10.42.0.0/24,                  10.42.0.0/23",
        "2001:db8::1 192.0.2.1 192.0.2.0,            192.0.2.0/31 2001:db8::1/128",
        "192.0.2.1 one.example.com,                  192.0.2.1/32",
        "'',                                         ''"
    })
    void areAsFewAsHoldTheAddressesAndNoOthers(String addresses, String blocks) {
        assertThat(AddressBlocks.of(words(addresses))).isEqualTo(words(blocks).toList());
    }

    @Test
    void theOrderMakesNoDifference() {
        var addresses = List.of("10.42.1.1", "192.0.2.11", "10.42.1.0", "2001:db8::2", "192.0.2.10", "2001:db8::3");

        assertThat(AddressBlocks.of(addresses.reversed().stream()))
                .isEqualTo(AddressBlocks.of(addresses.stream()))
                .containsExactly("10.42.1.0/31", "192.0.2.10/31", "2001:db8::2/127");
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
    }
}
