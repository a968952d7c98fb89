package dev.bulkhead.cli.plan;

import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.Reference;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** What a resource adds to, and as what. */
public record Contribution(Origin origin, EnvironmentId environment, HasMetadata resource) {

    /** Nothing, of what is no contributor. */
    public static Optional<Contribution> of(HasMetadata resource) {
        var name = resource.getMetadata().getName();
        return switch (resource) {
            case Workload it ->
                Optional.of(of(Origin.workload(name), it, it.getSpec().environmentRef()));
            case NetworkPolicySet it ->
                Optional.of(of(Origin.networkPolicySet(name), it, it.getSpec().environmentRef()));
            case SecretScope it ->
                Optional.of(of(Origin.secretScope(name), it, it.getSpec().environmentRef()));
            default -> Optional.empty();
        };
    }

    private static Contribution of(Origin origin, HasMetadata resource, Reference environment) {
        return new Contribution(
                origin, new EnvironmentId(resource.getMetadata().getNamespace(), environment.name()), resource);
    }
}
