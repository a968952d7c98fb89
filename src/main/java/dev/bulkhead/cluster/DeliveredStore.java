package dev.bulkhead.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Of one kind, what others deliver and want restarted: a few words of each. Of all else nothing. */
final class DeliveredStore implements ItemStore<GenericKubernetesResource> {

    private final String kind;
    private final Consumer<String> changed;
    private final Map<String, Delivered> known = new ConcurrentHashMap<>();

    /** @param changed told in which namespace there is news */
    DeliveredStore(String kind, Consumer<String> changed) {
        this.kind = kind;
        this.changed = changed;
    }

    Stream<Delivered> all() {
        return known.values().stream();
    }

    @Override
    public String getKey(GenericKubernetesResource object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    @Override
    public GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        var now = delivered(object);
        if (now.entries().isEmpty()) {
            return remove(key);
        }
        var before = known.put(key, now);
        if (!now.equals(before)) {
            changed.accept(now.namespace());
        }
        return before == null ? null : minimal(before);
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
    public GenericKubernetesResource remove(String key) {
        var before = known.remove(key);
        if (before == null) {
            return null;
        }
        changed.accept(before.namespace());
        return minimal(before);
    }

    @Override
    public Stream<String> keySet() {
        return known.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return known.values().stream().map(this::minimal);
    }

    @Override
    public GenericKubernetesResource get(String key) {
        var delivered = known.get(key);
        return delivered == null ? null : minimal(delivered);
    }

    @Override
    public int size() {
        return known.size();
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private GenericKubernetesResource minimal(Delivered delivered) {
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
