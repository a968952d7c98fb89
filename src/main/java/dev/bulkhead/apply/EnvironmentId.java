package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An environment, told apart from all others of one hub. */
public record EnvironmentId(String namespace, String name) {

    public static EnvironmentId of(HasMetadata environment) {
        return new EnvironmentId(
                environment.getMetadata().getNamespace(),
                environment.getMetadata().getName());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
