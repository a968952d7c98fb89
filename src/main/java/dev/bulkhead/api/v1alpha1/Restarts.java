package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

@Wire
public record Restarts(
        @JsonPropertyDescription("How many workloads may be restarting at once because of a rotation.")
        @Default("3")
        @Min(1)
        @Max(100)
        Integer maxConcurrent) {

    public Restarts {
        maxConcurrent = Absent.or(maxConcurrent, 3);
    }
}
