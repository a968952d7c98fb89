package dev.bulkhead.cluster;

import dev.bulkhead.apply.ReducedStore;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Of one kind, what others deliver and want restarted: a few words of each. Of all else nothing. */
final class DeliveredStore extends ReducedStore<GenericKubernetesResource, Delivered> {

    private final String kind;
    private final Consumer<String> changed;

    /** @param changed told in which namespace there is news */
    DeliveredStore(String kind, Consumer<String> changed) {
        this.kind = kind;
        this.changed = changed;
    }

    @Override
    protected Optional<Delivered> reduced(GenericKubernetesResource object) {
        return Optional.of(delivered(object)).filter(it -> !it.entries().isEmpty());
    }

    private Delivered delivered(GenericKubernetesResource object) {
        var metadata = object.getMetadata();
        var annotations = Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of());
        String word = object.get("spec", "template", "metadata", "annotations", Delivered.WORD);
        return new Delivered(
                kind,
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                Arrays.stream(annotations
                                .getOrDefault(Delivered.RESTART_WITH, "")
                                .split(","))
                        .map(String::strip)
                        .filter(Predicate.not(String::isEmpty))
                        .collect(Collectors.toCollection(TreeSet::new)),
                Optional.ofNullable(word).orElse(""),
                isRolledOut(object));
    }

    /** By what its controller counts. Pods of which the cluster says that they are on their way out count, too. */
    private static boolean isRolledOut(GenericKubernetesResource object) {
        if (number(object, "observedGeneration") < object.getMetadata().getGeneration()) {
            return false;
        }
        return switch (object.getKind()) {
            case "DaemonSet" -> number(object, "updatedNumberScheduled") >= number(object, "currentNumberScheduled");
            case "StatefulSet" ->
                number(object, "updatedReplicas") >= number(object, "replicas")
                        || object.get("status", "updateRevision") != null
                                && object.get("status", "updateRevision")
                                        .equals(object.get("status", "currentRevision"));
            default ->
                number(object, "updatedReplicas") >= number(object, "replicas")
                        && number(object, "terminatingReplicas") == 0;
        };
    }

    private static long number(GenericKubernetesResource object, String field) {
        return object.get("status", field) instanceof Number number ? number.longValue() : 0;
    }

    @Override
    protected void changed(@Nullable Delivered before, Delivered now) {
        if (!now.equals(before)) {
            changed.accept(now.namespace());
        }
    }

    @Override
    protected void gone(Delivered before) {
        changed.accept(before.namespace());
    }

    @Override
    protected GenericKubernetesResource named(Delivered delivered) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(DeliveredWatch.API)
                .withKind(kind)
                .withNewMetadata()
                .withNamespace(delivered.namespace())
                .withName(delivered.name())
                .withUid(delivered.uid())
                .endMetadata()
                .build();
    }
}
