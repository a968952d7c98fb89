package dev.bulkhead.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may write the Secret may write anything on it. */
class PublishedTest {

    @ParameterizedTest
    @CsvSource({
        "7,                  7",
        "999999999,          999999999",
        "2147483647,         0",
        "4294967295,         0",
        "18446744073709551,  0",
        "-1,                 0",
        "seven,              0",
    })
    void aVersionThatWeNeverWriteIsNone(String annotation, int version) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .addToAnnotations(Published.VERSION, annotation)
                .endMetadata()
                .build();

        assertThat(Published.version(secret)).isEqualTo(version);
    }
}
