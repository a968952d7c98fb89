package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

@Wire
public record BasicAuthSettings(
        @JsonPropertyDescription(
                "Who logs in. Instead of it: the entry's users, of which one is always accepted while the"
                        + " other changes.")
        @Pattern(Syntax.USER)
        @Size(min = 1, max = 63)
        @Nullable
        String username,

        @JsonPropertyDescription("The work of a guess, as bcrypt counts it: one more is twice as much.")
        @Default("12")
        @Min(10)
        @Max(15)
        Integer cost) {

    public BasicAuthSettings {
        cost = Absent.or(cost, 12);
    }
}
