package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkPolicySetSpec(
        Reference environmentRef,
        Enforcement enforcement,
        @Nullable PlatformEdges platform,
        List<AllowedEdge> allow,
        List<EgressEdge> egress) {

    public NetworkPolicySetSpec {
        enforcement = Absent.or(enforcement, Enforcement.Enforce);
        allow = Absent.or(allow);
        egress = Absent.or(egress);
    }
}
