package dev.bulkhead.environment.reach;

import dev.bulkhead.network.reach.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Collection;
import java.util.stream.Stream;

/** Worlds with more policies in them. */
final class Worlds {

    private Worlds() {}

    static World with(World world, Collection<HasMetadata> objects) {
        return new World(
                world.endpoints(),
                Stream.concat(world.policies().stream(), only(objects, NetworkPolicy.class))
                        .toList(),
                Stream.concat(world.mesh().stream(), only(objects, GenericKubernetesResource.class))
                        .toList(),
                world.namespaceLabels(),
                world.facts());
    }

    static <T> Stream<T> only(Collection<HasMetadata> objects, Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast);
    }
}
