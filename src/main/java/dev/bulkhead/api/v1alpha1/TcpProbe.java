package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@Wire
public record TcpProbe(
        @JsonPropertyDescription("One of the workload's ports, by its name.")
        @Required
        @Pattern(Syntax.PORT_NAME)
        @Size(min = 1, max = Syntax.PORT_NAME_LENGTH)
        String port) {}
