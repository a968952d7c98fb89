package dev.bulkhead.faults.crash;

import dev.bulkhead.kube.SeenCondition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of an object, as a watch showed it.
 *
 * @param at its resource version: all kinds are in one etcd, so these tell what was before what
 * @param revision what a test wrote into {@code REVISION}, the environment variable of a workload; 0 where there is none
 * @param readyFor the generation that the status calls ready; -1 when it doesn't
 */
record Seen(
        long at,
        boolean gone,
        String kind,
        String namespace,
        String name,
        long generation,
        long revision,
        long readyFor) {

    static Seen of(GenericKubernetesResource object, boolean gone) {
        var metadata = object.getMetadata();
        return new Seen(
                Long.parseLong(metadata.getResourceVersion()),
                gone,
                object.getKind(),
                Optional.ofNullable(metadata.getNamespace()).orElse(""),
                metadata.getName(),
                Optional.ofNullable(metadata.getGeneration()).orElse(0L),
                revision(object),
                readyFor(object));
    }

    private static long readyFor(GenericKubernetesResource object) {
        return SeenCondition.of(object).stream()
                .filter(condition -> condition.type().equals("Ready") && condition.isTrue())
                .mapToLong(SeenCondition::observedGeneration)
                .findFirst()
                .orElse(-1);
    }

    private static long revision(GenericKubernetesResource object) {
        var variables = object.getKind().equals("Deployment")
                ? object.<Object>get("spec", "template", "spec", "containers", 0, "env")
                : object.<Object>get("spec", "env");
        return variables instanceof List<?> list
                ? list.stream()
                        .map(variable -> (Map<?, ?>) variable)
                        .filter(variable -> "REVISION".equals(variable.get("name")))
                        .mapToLong(
                                variable -> Long.parseLong(variable.get("value").toString()))
                        .findFirst()
                        .orElse(0)
                : 0;
    }

    String hub() {
        return Hubs.of(namespace.isEmpty() ? name : namespace);
    }

    boolean isReady() {
        return !gone && readyFor == generation;
    }

    String key() {
        return "%s %s/%s".formatted(kind, namespace, name);
    }
}
