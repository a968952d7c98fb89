package dev.bulkhead.api.v1alpha1;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of our own, in the order in which a reader meets them. */
public final class CustomResources {

    public static final List<Class<? extends CustomResource<?, ?>>> KINDS = List.of(
            Environment.class,
            Workload.class,
            NetworkPolicySet.class,
            SecretScope.class,
            EnvironmentClass.class,
            TargetCluster.class,
            Operation.class);

    private CustomResources() {}

    /** The names of their definitions, for example {@code environments.bulkhead.dev}. */
    public static Stream<String> definitions() {
        return KINDS.stream().map(CustomResource::getCRDName);
    }

    /** As they stand in a rule of RBAC, for example {@code environments}. */
    public static Stream<String> plurals() {
        return KINDS.stream().map(HasMetadata::getPlural);
    }
}
