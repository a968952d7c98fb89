package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.processing.event.source.filter.GenericFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** On an Environment that was let go: when. Whoever takes it off wants it looked after again. */
public final class ReleaseMark {

    static final String NAME = "bulkhead.dev/released";

    private ReleaseMark() {}

    public static Optional<String> on(Environment environment) {
        return Optional.ofNullable(environment.getMetadata().getAnnotations()).map(it -> it.get(NAME));
    }

    /** Whether nothing is left to be done or said: the mark is put before the last words, and a crash may come between. */
    public static boolean isSettled(Environment environment) {
        var metadata = environment.getMetadata();
        return on(environment).isPresent()
                && !metadata.getFinalizers().contains(EnvironmentReconciler.FINALIZER)
                && environment.getStatus() != null
                && environment.getStatus().conditions().stream()
                        .anyMatch(it -> Reason.Released.name().equals(it.getReason())
                                && metadata.getGeneration().equals(it.getObservedGeneration()));
    }

    /** JOSDK would put our finalizer back on every occasion, so there must be none. */
    public static final class Absent implements GenericFilter<Environment> {

        @Override
        public boolean accept(Environment environment) {
            return on(environment).isEmpty();
        }
    }

    /**
     * In one write with the finalizer, or a crash in between would take the environment up again.
     *
     * @return the version that has it
     */
    static Environment put(Environment environment, KubernetesClient client, Instant now) {
        var metadata = environment.getMetadata();
        var operations = new ArrayList<Map<String, Object>>();
        operations.add(operation("test", "/metadata/uid", metadata.getUid()));
        var at = metadata.getFinalizers().indexOf(EnvironmentReconciler.FINALIZER);
        if (at >= 0) {
            operations.add(operation("test", "/metadata/finalizers/" + at, EnvironmentReconciler.FINALIZER));
            operations.add(Map.of("op", "remove", "path", "/metadata/finalizers/" + at));
        }
        operations.add(
                Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of()).isEmpty()
                        ? operation("add", "/metadata/annotations", Map.of(NAME, now.toString()))
                        : operation("add", "/metadata/annotations/" + NAME.replace("/", "~1"), now.toString()));
        return client.resource(environment)
                .patch(
                        PatchContext.of(PatchType.JSON),
                        client.getKubernetesSerialization().asJson(operations));
    }

    private static Map<String, Object> operation(String op, String path, Object value) {
        return Map.of("op", op, "path", path, "value", value);
    }
}
