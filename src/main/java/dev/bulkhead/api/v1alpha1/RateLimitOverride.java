package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@Wire
public record RateLimitOverride(
        @JsonPropertyDescription(
                "A workload of this environment, by its name. While it does not exist, this one waits.")
        @Required
        @Pattern(Syntax.WORKLOAD)
        @Size(min = 1, max = Syntax.WORKLOAD_LENGTH)
        String workload,

        @JsonPropertyDescription("Its limit, per second and per pod that is called.") @Required @Min(1) @Max(1000000)
        Integer requestsPerSecond) {}
