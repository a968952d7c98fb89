package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Takes everything that is ours off the objects of an environment, and leaves them as they are: labels, annotations, and
 * the ownership of fields. What they say of pods isn't touched, so that none restarts.
 */
public final class Releaser {

    private final Parallel parallel;

    public Releaser(Parallel parallel) {
        this.parallel = parallel;
    }

    /** What came of one object. */
    public sealed interface Let {

        Ref ref();

        /** Nothing of ours is on it, or it isn't there. */
        record Go(Ref ref, List<String> notes) implements Let {}

        /** It can't be done now. */
        record NotYet(Ref ref, String message) implements Let {}
    }

    /** Lets go of everything that an environment has. */
    public List<Let> release(Ownership ownership, Target target) {
        var environment = ownership.environment();
        var refs = new TreeSet<>(target.inventory(environment).held().keySet());
        target.owned(environment).stream()
                .filter(it -> ownership.owns(it.labels()))
                .map(Observation::ref)
                .forEach(refs::add);
        var all = new ArrayList<Let>();
        for (var turn : Turn.values()) {
            if (all.stream().anyMatch(Let.NotYet.class::isInstance)) {
                break;
            }
            all.addAll(parallel.all(refs.stream()
                    .filter(ref -> Turn.of(ref) == turn)
                    .map(ref -> (Callable<Let>) () -> release(ref, ownership, target))
                    .toList()));
        }
        return all.stream().sorted(Comparator.comparing(Let::ref)).toList();
    }

    /** What we need for the others comes after them. */
    private enum Turn {
        OBJECTS,
        /** By which we may read and write Secrets there. It is of no use to anybody else. */
        OWN_ACCESS,
        /** In a namespace that isn't ours we may not write. */
        NAMESPACES;

        static Turn of(Ref ref) {
            return switch (ref.kind()) {
                case NAMESPACE -> NAMESPACES;
                case ROLE_BINDING -> ref.name().equals(Ownership.OPERATOR_ROLE) ? OWN_ACCESS : OBJECTS;
                default -> OBJECTS;
            };
        }
    }

    private static Let release(Ref ref, Ownership ownership, Target target) {
        try {
            var live = target.get(ref).filter(it -> Writer.owns(ownership, it));
            if (live.isPresent() && Turn.of(ref) == Turn.OWN_ACCESS) {
                target.delete(ref, live.get().getMetadata().getUid());
            } else if (live.isPresent()) {
                target.patch(ref, patch(live.get()), false);
            }
            return new Let.Go(ref, live.map(it -> notes(ref, it)).orElse(List.of()));
        } catch (KubernetesClientException e) {
            return new Let.NotYet(ref, Writer.message(ref, e));
        }
    }

    /** As a JSON patch, which says what goes and nothing about what stays. */
    private static List<Map<String, Object>> patch(GenericKubernetesResource live) {
        var metadata = live.getMetadata();
        var operations = new ArrayList<Map<String, Object>>();
        operations.add(
                Map.of("op", "test", "path", "/metadata/resourceVersion", "value", metadata.getResourceVersion()));
        ours(metadata.getLabels()).forEach(key -> operations.add(gone("/metadata/labels/", key)));
        ours(metadata.getAnnotations()).forEach(key -> operations.add(gone("/metadata/annotations/", key)));
        var others =
                metadata.getManagedFields().stream().filter(it -> !isOurs(it)).toList();
        operations.add(Map.of(
                "op",
                "replace",
                "path",
                "/metadata/managedFields",
                "value",
                // An empty list is taken for no word about it.
                others.isEmpty() ? List.of(Map.of()) : others));
        return List.copyOf(operations);
    }

    private static List<String> ours(Map<String, String> named) {
        return Optional.ofNullable(named).orElse(Map.of()).keySet().stream()
                .filter(Ownership::isOurs)
                .sorted()
                .toList();
    }

    private static Map<String, Object> gone(String parent, String key) {
        return Map.of("op", "remove", "path", parent + key.replace("~", "~0").replace("/", "~1"));
    }

    /** The names under which we write all begin with our own. */
    private static boolean isOurs(ManagedFieldsEntry entry) {
        return Optional.ofNullable(entry.getManager()).orElse("").startsWith(Ownership.MANAGER);
    }

    /** What whoever looks after it from now on has to know. */
    private static List<String> notes(Ref ref, GenericKubernetesResource live) {
        return switch (ref.kind()) {
            case SECRET ->
                Stream.concat(Stream.of("nothing rotates it any more"), Expiry.notes(live).stream())
                        .toList();
            case DEPLOYMENT, STATEFUL_SET, CRON_JOB, JOB ->
                List.of("its pods keep the labels %s and %s: changing them would restart them"
                        .formatted(Ownership.MANAGED_BY, Ownership.WORKLOAD));
            default -> List.of();
        };
    }
}
