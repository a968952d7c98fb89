package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

@Wire
public record GrpcProbe(
        @JsonPropertyDescription("One of the workload's ports, by its name.")
        @Required
        @Pattern(Syntax.PORT_NAME)
        @Size(min = 1, max = Syntax.PORT_NAME_LENGTH)
        String port,

        @JsonPropertyDescription("The service to ask about. Without it: the server as a whole.")
        @Size(min = 1, max = 253)
        @Nullable
        String service) {}
