package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "self.environmentRef.name == oldSelf.environmentRef.name",
        message = "environmentRef is immutable: make a new NetworkPolicySet for the other environment",
        fieldPath = ".environmentRef")
public record NetworkPolicySetSpec(
        @JsonPropertyDescription("The Environment that it belongs to, in the same namespace. Immutable.") @Required
        Reference environmentRef,

        @JsonPropertyDescription(
                "Enforce refuses what nothing allows. Audit lets it pass, so that a policy can be tried, as far as the"
                        + " class's audit goes: Closed, and only the mesh lets pass and reports, and only where its"
                        + " inboundPolicy isn't deny; Open, and nothing is refused while any set of the environment says"
                        + " Audit.")
        @Default("Enforce")
        Enforcement enforcement,

        @JsonPropertyDescription("What the platform's own pods may do here.") @Nullable
        PlatformEdges platform,

        @JsonPropertyDescription("More edges between the environment's workloads.") @Size(max = 200)
        List<AllowedEdge> allow,

        @JsonPropertyDescription("Edges to addresses and names outside the environment. The class must allow them.")
        @Size(max = 100)
        List<EgressEdge> egress) {

    public NetworkPolicySetSpec {
        enforcement = Absent.or(enforcement, Enforcement.Enforce);
        allow = Absent.or(allow);
        egress = Absent.or(egress);
    }
}
