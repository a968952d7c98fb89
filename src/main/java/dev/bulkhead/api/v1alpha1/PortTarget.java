package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@Wire
public record PortTarget(
        @JsonPropertyDescription("A workload of this environment, by its name. While it does not exist, the set waits.")
        @Required
        @Pattern(Syntax.WORKLOAD)
        @Size(min = 1, max = Syntax.WORKLOAD_LENGTH)
        String workload,

        @JsonPropertyDescription("One of its ports, by its name.")
        @Required
        @Pattern(Syntax.PORT_NAME)
        @Size(min = 1, max = Syntax.PORT_NAME_LENGTH)
        String port) {}
