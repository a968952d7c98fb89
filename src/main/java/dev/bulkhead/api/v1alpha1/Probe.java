package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Probe(
        @Nullable HttpProbe httpGet,
        @Nullable TcpProbe tcpSocket,
        @Nullable GrpcProbe grpc,
        @Nullable ExecProbe exec,
        Integer initialDelaySeconds,
        Integer periodSeconds,
        Integer timeoutSeconds,
        Integer failureThreshold,
        Integer successThreshold) {

    public Probe {
        initialDelaySeconds = Absent.or(initialDelaySeconds, 0);
        periodSeconds = Absent.or(periodSeconds, 10);
        timeoutSeconds = Absent.or(timeoutSeconds, 1);
        failureThreshold = Absent.or(failureThreshold, 3);
        successThreshold = Absent.or(successThreshold, 1);
    }
}
