package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

@Wire
public record PlatformEdges(
        @JsonPropertyDescription("Lets the ingress controller in.") @Nullable
        IngressEdge ingress,

        @JsonPropertyDescription("Allow lets the metrics collector reach every port of every workload.")
        @Default("Deny")
        Permission metrics,

        @JsonPropertyDescription("Lets workloads reach the cluster's API server.") @Nullable
        ApiServerEdge apiServer) {

    public PlatformEdges {
        metrics = Absent.or(metrics, Permission.Deny);
    }
}
