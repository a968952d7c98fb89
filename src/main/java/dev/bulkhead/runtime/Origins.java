package dev.bulkhead.runtime;

import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.Origin;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** The origin that a resource of the hub is. */
final class Origins {

    private Origins() {}

    static Origin of(HasMetadata resource) {
        var name = resource.getMetadata().getName();
        return switch (resource) {
            case Workload _ -> Origin.workload(name);
            case NetworkPolicySet _ -> Origin.networkPolicySet(name);
            case SecretScope _ -> Origin.secretScope(name);
            default -> Origin.environment(name);
        };
    }
}
