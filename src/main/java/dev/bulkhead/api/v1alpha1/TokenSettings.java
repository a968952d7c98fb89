package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

@Wire
public record TokenSettings(
        @JsonPropertyDescription("How many random bytes it has, before they are written as text.")
        @Default("32")
        @Min(16)
        @Max(1024)
        Integer bytes,

        @JsonPropertyDescription("How they are written. Base64Url is without padding.") @Default("Base64Url")
        TokenEncoding encoding) {

    public TokenSettings {
        bytes = Absent.or(bytes, 32);
        encoding = Absent.or(encoding, TokenEncoding.Base64Url);
    }
}
