package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from an object's status whether it does what it is there for. */
public final class Readiness {

    /** Between the reason of a failed Job and its message. */
    public static final String BECAUSE = ": ";

    private Readiness() {}

    public static Health of(Kind kind, GenericKubernetesResource object) {
        if (object.getMetadata().getDeletionTimestamp() != null) {
            return Health.TERMINATING;
        }
        return switch (kind) {
            case DEPLOYMENT -> deployment(object);
            case STATEFUL_SET -> statefulSet(object);
            case JOB -> job(object);
            case EXTERNAL_SECRET, CERTIFICATE -> brought(object);
            case NAMESPACE,
                    SERVICE_ACCOUNT,
                    RESOURCE_QUOTA,
                    LIMIT_RANGE,
                    CONFIG_MAP,
                    SECRET,
                    SERVICE,
                    ROLE_BINDING,
                    NETWORK_POLICY,
                    CRON_JOB,
                    POD_DISRUPTION_BUDGET,
                    HORIZONTAL_POD_AUTOSCALER,
                    SERVER,
                    MESH_TLS_AUTHENTICATION,
                    NETWORK_AUTHENTICATION,
                    AUTHORIZATION_POLICY,
                    HTTP_LOCAL_RATE_LIMIT_POLICY,
                    EGRESS_NETWORK,
                    HTTP_ROUTE,
                    TLS_ROUTE,
                    TLS_ROUTE_ALPHA,
                    CANARY -> Health.READY;
        };
    }

    private static Health deployment(GenericKubernetesResource object) {
        var wanted = number(object, 1, "spec", "replicas");
        var updated = number(object, 0, "status", "updatedReplicas");
        var available = number(object, 0, "status", "availableReplicas");
        var total = number(object, 0, "status", "replicas");
        var up = Math.min(available, updated);
        return condition(object, "ReplicaFailure", "True")
                .or(() -> condition(object, "Progressing", "False"))
                // It may be said of an older generation, and this one may be the remedy.
                .filter(_ -> seen(object))
                .map(Health::failed)
                .orElseGet(() -> replicas(seen(object) && up >= wanted && total == updated, "available", wanted, up))
                .with(wanted, up);
    }

    private static Health statefulSet(GenericKubernetesResource object) {
        var wanted = number(object, 1, "spec", "replicas");
        var up = Math.min(number(object, 0, "status", "readyReplicas"), number(object, 0, "status", "updatedReplicas"));
        return replicas(seen(object) && up >= wanted, "ready", wanted, up).with(wanted, up);
    }

    private static Health replicas(boolean complete, String what, long wanted, long up) {
        return complete
                ? Health.READY
                : new Health(Health.State.PROGRESSING, "%d of %d replicas are %s".formatted(up, wanted, what), 0, 0);
    }

    /** A Job that runs is as it should be; only one that failed isn't. Why it did is told by its reason. */
    private static Health job(GenericKubernetesResource object) {
        return condition(object, "Complete", "True")
                .map(_ -> Health.DONE)
                .or(() -> condition(object, "Failed", "True", Readiness::reasonAndMessage)
                        .map(Health::failed))
                .orElse(Health.READY);
    }

    /** What another operator makes. Of a failure only the word is told: its message may be a store's own. */
    private static Health brought(GenericKubernetesResource object) {
        return condition(object, "Ready", "True")
                .map(_ -> Health.READY)
                .orElseGet(() -> new Health(
                        Health.State.PROGRESSING,
                        condition(object, "Ready", "False", it -> String.valueOf(it.get("reason")))
                                .map("its operator says %s; see its status"::formatted)
                                .orElse("its operator has not looked at it yet"),
                        0,
                        0));
    }

    private static String reasonAndMessage(Map<String, Object> condition) {
        return Stream.of("reason", "message")
                .map(condition::get)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.joining(BECAUSE));
    }

    private static boolean seen(GenericKubernetesResource object) {
        Number observed = object.get("status", "observedGeneration");
        return observed != null && observed.longValue() >= object.getMetadata().getGeneration();
    }

    private static long number(GenericKubernetesResource object, long otherwise, Object... path) {
        Number number = object.get(path);
        return number == null ? otherwise : number.longValue();
    }

    /** The message of a condition that has this status. */
    private static Optional<String> condition(GenericKubernetesResource object, String type, String status) {
        return condition(object, type, status, it -> String.valueOf(it.getOrDefault("message", it.get("reason"))));
    }

    private static Optional<String> condition(
            GenericKubernetesResource object, String type, String status, Function<Map<String, Object>, String> words) {
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        return Optional.ofNullable(conditions).stream()
                .flatMap(List::stream)
                .filter(it -> type.equals(it.get("type")) && status.equals(it.get("status")))
                .map(words)
                .findFirst();
    }
}
