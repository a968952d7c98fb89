package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a cluster offers beside its API server. What isn't named isn't there, or, if {@code unknown} has it, wasn't seen. */
@Wire
public record ClusterCapabilities(
        @JsonPropertyDescription("The kinds that it serves, of those that matter to Bulkhead, by API version.")
        List<ServedApi> apis,

        @JsonPropertyDescription("The mesh.") @Nullable LinkerdCapability linkerd,

        @JsonPropertyDescription("The Gateway API.") @Nullable
        GatewayApiCapability gatewayApi,

        @JsonPropertyDescription("What issues certificates.") @Nullable
        InstalledVersion certManager,

        @JsonPropertyDescription("What writes DNS records.") @Nullable
        ExternalDnsCapability externalDns,

        @JsonPropertyDescription("The ingress controller Traefik.") @Nullable
        InstalledVersion traefik,

        @JsonPropertyDescription("Its storage classes, the default first.")
        List<StorageClassCapability> storageClasses,

        @JsonPropertyDescription(
                "What enforces NetworkPolicies: by an API that only it has, or KubeRouter for the one in"
                        + " K3s. Unknown: something else, or nothing.")
        @Nullable
        NetworkPolicyEngine networkPolicyEngine,

        @JsonPropertyDescription(
                "The networks of its pods and Services, and the addresses of its nodes, as far as they were"
                        + " seen. No egress goes there.")
        List<String> networks,

        @JsonPropertyDescription("What could not be told, by the name of the field here, because of a missing right or"
                + " an answer that made no sense.")
        List<String> unknown) {

    /** Nothing is known of it. */
    public static final ClusterCapabilities UNKNOWN =
            new ClusterCapabilities(List.of(), null, null, null, null, null, List.of(), null, List.of(), List.of());

    public ClusterCapabilities {
        apis = Absent.or(apis);
        storageClasses = Absent.or(storageClasses);
        networks = Absent.or(networks);
        unknown = Absent.or(unknown);
    }

    /** Whether it is known that the cluster doesn't serve this kind, of those that matter to us. */
    public boolean lacks(String apiVersion, String kind) {
        return !apis.isEmpty() && !serves(apiVersion, kind);
    }

    /** Whether it is known that the cluster serves this kind. */
    public boolean serves(String apiVersion, String kind) {
        return apis.stream()
                .anyMatch(it -> it.apiVersion().equals(apiVersion) && it.kinds().contains(kind));
    }
}
