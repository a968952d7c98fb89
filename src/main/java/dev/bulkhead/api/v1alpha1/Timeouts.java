package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.request) || has(self.response) || has(self.idle)",
        message = "name at least one of request, response and idle, such as 10s")
public record Timeouts(
        @JsonPropertyDescription(
                "From the first byte of a request to the last of its answer, with all that is repeated in"
                        + " between: such as 10s. Without it: no end.")
        @Pattern(Syntax.SHORT_TIME)
        @Size(max = Syntax.SHORT_TIME_LENGTH)
        @Nullable
        String request,

        @JsonPropertyDescription("For one pod's answer, from the end of the request: such as 2s. Without it: no end.")
        @Pattern(Syntax.SHORT_TIME)
        @Size(max = Syntax.SHORT_TIME_LENGTH)
        @Nullable
        String response,

        @JsonPropertyDescription("In which nothing comes or goes: such as 1m. Without it: no end.")
        @Pattern(Syntax.SHORT_TIME)
        @Size(max = Syntax.SHORT_TIME_LENGTH)
        @Nullable
        String idle) {}
