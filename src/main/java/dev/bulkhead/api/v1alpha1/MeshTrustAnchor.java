package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

@Wire
public record MeshTrustAnchor(
        @JsonPropertyDescription("How long a version of it is good. At least twice as long as the issuer's.")
        @Default("3650d")
        @Pattern(Syntax.SPAN)
        @Size(min = 2, max = Syntax.SPAN_LENGTH)
        String validity,

        @JsonPropertyDescription("At which part of its life the next one is made, if no schedule says so earlier.")
        @Default("66%")
        @Pattern("^[1-9][0-9]%$")
        @Size(max = 3)
        String renewAt,

        @JsonPropertyDescription("When the next one is made.") @Nullable
        Schedule schedule) {

    public MeshTrustAnchor {
        validity = Absent.or(validity, "3650d");
        renewAt = Absent.or(renewAt, "66%");
    }
}
