package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlatformEdges(
        @Nullable IngressEdge ingress,
        Permission metrics,
        @Nullable ApiServerEdge apiServer) {

    public PlatformEdges {
        metrics = Absent.or(metrics, Permission.Deny);
    }
}
