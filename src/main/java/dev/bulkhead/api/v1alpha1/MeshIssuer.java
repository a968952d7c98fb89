package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

@Wire
public record MeshIssuer(
        @JsonPropertyDescription(
                "How long a version of it is good. It is far longer than a proxy's certificate, which is good for a day.")
        @Default("90d")
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

    public MeshIssuer {
        validity = Absent.or(validity, "90d");
        renewAt = Absent.or(renewAt, "66%");
    }
}
