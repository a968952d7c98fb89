package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkloadPort(
        String name,
        Integer port,
        @Nullable Integer targetPort,
        Protocol protocol,
        @Nullable String appProtocol) {

    public WorkloadPort {
        protocol = Absent.or(protocol, Protocol.TCP);
    }

    /** Where the container listens: {@code targetPort}, else {@code port}. */
    public int containerPort() {
        return Absent.or(targetPort, port);
    }
}
