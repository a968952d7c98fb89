package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

@Wire
public record WorkloadPort(
        @JsonPropertyDescription("The name that calls and probes use.")
        @Required
        @Pattern(Syntax.PORT_NAME)
        @Size(min = 1, max = Syntax.PORT_NAME_LENGTH)
        String name,

        @JsonPropertyDescription("The port of the Service.") @Required @Min(1) @Max(65535)
        Integer port,

        @JsonPropertyDescription("The port that the container listens on. Without it: port.")
        @Min(1)
        @Max(65535)
        @Nullable
        Integer targetPort,

        @JsonPropertyDescription("The transport protocol.") @Default("TCP")
        Protocol protocol,

        @JsonPropertyDescription(
                "What is spoken over it, as Services name it: http, grpc, kubernetes.io/h2c and so on.")
        @Size(min = 1, max = 253)
        @Nullable
        String appProtocol) {

    public WorkloadPort {
        protocol = Absent.or(protocol, Protocol.TCP);
    }

    /** Where the container listens: {@code targetPort}, else {@code port}. */
    public int containerPort() {
        return Absent.or(targetPort, port);
    }
}
