package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value =
                "[has(self.httpGet), has(self.tcpSocket), has(self.grpc), has(self.exec)].filter(given, given).size() == 1",
        message = "a probe takes exactly one of httpGet, tcpSocket, grpc and exec")
public record Probe(
        @JsonPropertyDescription("Well when this request is answered with a status from 200 to 399.") @Nullable
        HttpProbe httpGet,

        @JsonPropertyDescription("Well when this port accepts a connection.") @Nullable
        TcpProbe tcpSocket,

        @JsonPropertyDescription("Well when gRPC's health protocol says so.") @Nullable
        GrpcProbe grpc,

        @JsonPropertyDescription("Well when this command in the container exits with 0.") @Nullable
        ExecProbe exec,

        @JsonPropertyDescription("Seconds after the container's start until the first try.")
        @Default("0")
        @Min(0)
        @Max(86400)
        Integer initialDelaySeconds,

        @JsonPropertyDescription("Seconds between tries.") @Default("10") @Min(1) @Max(86400)
        Integer periodSeconds,

        @JsonPropertyDescription("Seconds until a try has failed.") @Default("1") @Min(1) @Max(86400)
        Integer timeoutSeconds,

        @JsonPropertyDescription("How many tries in a row must fail.") @Default("3") @Min(1) @Max(10000)
        Integer failureThreshold,

        @JsonPropertyDescription("How many tries in a row must succeed. Only readiness may have more than 1.")
        @Default("1")
        @Min(1)
        @Max(100)
        Integer successThreshold) {

    public Probe {
        initialDelaySeconds = Absent.or(initialDelaySeconds, 0);
        periodSeconds = Absent.or(periodSeconds, 10);
        timeoutSeconds = Absent.or(timeoutSeconds, 1);
        failureThreshold = Absent.or(failureThreshold, 3);
        successThreshold = Absent.or(successThreshold, 1);
    }
}
