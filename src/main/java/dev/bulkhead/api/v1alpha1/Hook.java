package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@Wire
public record Hook(
        @JsonPropertyDescription("A workload of this environment, of type Hook.")
        @Required
        @Pattern(Syntax.WORKLOAD)
        @Size(min = 1, max = Syntax.WORKLOAD_LENGTH)
        String workload) {}
