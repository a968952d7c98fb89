package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

@Wire
public record PlatformEdges(
        @JsonPropertyDescription("Lets the ingress controller in.") @Nullable
        IngressEdge ingress,

        @JsonPropertyDescription(
                "Allow lets the metrics collector reach the port metrics of each workload that has one, and what the proxies of the mesh show.")
        @Default("Deny")
        Permission metrics,

        @JsonPropertyDescription("Lets workloads reach the cluster's API server.") @Nullable
        ApiServerEdge apiServer,

        @JsonPropertyDescription(
                "Lets the cluster's API server call workloads that are webhooks of it. It comes from its own addresses"
                        + " and from those of the nodes, which are kept current.")
        @Nullable
        WebhookEdge webhooks) {

    public PlatformEdges {
        metrics = Absent.or(metrics, Permission.Deny);
    }
}
