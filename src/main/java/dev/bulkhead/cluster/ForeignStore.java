package dev.bulkhead.cluster;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.ReducedStore;
import dev.bulkhead.apply.Ref;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The objects of one kind that aren't ours: those in namespaces of ours whole, of the others only the names. */
final class ForeignStore extends ReducedStore<GenericKubernetesResource, ForeignStore.Held> {

    private static final String SPEC = "spec";

    private final Kind kind;
    private final KubernetesSerialization serialization;
    private final Function<String, Optional<EnvironmentId>> owner;
    private final Function<Ref, Optional<GenericKubernetesResource>> read;
    private final Consumer<EnvironmentId> changed;

    /** @param object absent in a namespace that isn't ours */
    record Held(ObjectMeta metadata, Optional<HasMetadata> object) {

        private boolean isLike(Held other) {
            return metadata.getUid().equals(other.metadata.getUid()) && object.equals(other.object);
        }
    }

    /**
     * @param owner whose a namespace is
     * @param read asks the cluster for one object
     * @param changed told which environment has to look again
     */
    ForeignStore(
            Kind kind,
            KubernetesSerialization serialization,
            Function<String, Optional<EnvironmentId>> owner,
            Function<Ref, Optional<GenericKubernetesResource>> read,
            Consumer<EnvironmentId> changed) {
        this.kind = kind;
        this.serialization = serialization;
        this.owner = owner;
        this.read = read;
        this.changed = changed;
    }

    /** What there is in a namespace of ours. */
    Stream<HasMetadata> objects(String namespace) {
        return in(namespace).flatMap(it -> it.object.or(() -> late(it.metadata)).stream());
    }

    /** One that was there before its namespace was ours. */
    private Optional<HasMetadata> late(ObjectMeta metadata) {
        return read.apply(new Ref(kind, metadata.getNamespace(), metadata.getName()))
                .flatMap(found -> amend(
                        metadata,
                        now -> now.object.isPresent() ? now : new Held(bare(found), Optional.of(slim(found)))))
                .flatMap(Held::object);
    }

    @Override
    protected Optional<Held> reduced(GenericKubernetesResource object) {
        return decides(object)
                ? Optional.of(new Held(
                        bare(object),
                        owner.apply(object.getMetadata().getNamespace()).map(_ -> slim(object))))
                : Optional.empty();
    }

    /** A route to a Service or a Gateway lets nobody in; and it may change all the time, as a canary does. */
    private boolean decides(GenericKubernetesResource object) {
        return kind != Kind.HTTP_ROUTE
                || object.get(SPEC, "parentRefs") instanceof List<?> parents
                        && parents.stream()
                                .anyMatch(parent -> parent instanceof Map<?, ?> reference
                                        && Kind.SERVER.group().equals(reference.get("group")));
    }

    @Override
    protected void changed(@Nullable Held before, Held now) {
        if (before == null || !before.isLike(now)) {
            tell(now);
        }
    }

    @Override
    protected void gone(Held before) {
        tell(before);
    }

    private void tell(Held held) {
        owner.apply(held.metadata.getNamespace()).ifPresent(changed);
    }

    @Override
    protected GenericKubernetesResource named(Held held) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(kind.apiVersion())
                .withKind(kind.kind())
                .withMetadata(held.metadata)
                .build();
    }

    private HasMetadata slim(GenericKubernetesResource object) {
        var metadata = bare(object);
        // Or what says no more than before would be news.
        metadata.setResourceVersion(null);
        var slim = new GenericKubernetesResource();
        slim.setApiVersion(kind.apiVersion());
        slim.setKind(kind.kind());
        slim.setMetadata(metadata);
        slim.setAdditionalProperty(SPEC, object.getAdditionalProperties().getOrDefault(SPEC, Map.of()));
        return kind == Kind.NETWORK_POLICY ? serialization.convertValue(slim, NetworkPolicy.class) : slim;
    }

    private static ObjectMeta bare(GenericKubernetesResource object) {
        var metadata = object.getMetadata();
        return new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace().intern())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withCreationTimestamp(metadata.getCreationTimestamp())
                .build();
    }
}
