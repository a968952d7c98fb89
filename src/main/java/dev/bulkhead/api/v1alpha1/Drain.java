package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

@Wire
public record Drain(
        @JsonPropertyDescription(
                "How long the previous value is accepted, at least, after the last user of it is gone: as long"
                        + " as what was signed or opened with it lives.")
        @Default("1h")
        @Pattern(Syntax.SPAN)
        @Size(min = 2, max = Syntax.SPAN_LENGTH)
        String atLeast) {

    public Drain {
        atLeast = Absent.or(atLeast, "1h");
    }
}
