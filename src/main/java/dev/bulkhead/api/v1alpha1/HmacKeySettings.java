package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

@Wire
public record HmacKeySettings(
        @JsonPropertyDescription(
                "How many random bytes it has: at least as many as the hash, so 32 for SHA-256 and 64 for"
                        + " SHA-512. The value is their Base64.")
        @Default("32")
        @Min(32)
        @Max(1024)
        Integer bytes) {

    public HmacKeySettings {
        bytes = Absent.or(bytes, 32);
    }
}
