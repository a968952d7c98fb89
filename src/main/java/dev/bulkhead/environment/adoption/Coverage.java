package dev.bulkhead.environment.adoption;

import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Site;
import dev.bulkhead.environment.Blueprint;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Pods that no workload is about: once the namespace is sealed, nobody could reach them, nor they anybody. */
final class Coverage {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final int FIRST = 5;

    private Coverage() {}

    static Optional<Obstacle> gap(String namespace, Blueprint blueprint, Site site) {
        var uncovered = site.pods(namespace).stream()
                .filter(Coverage::runs)
                .filter(pod -> !isCovered(pod, namespace, blueprint))
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
        return uncovered.isEmpty()
                ? Optional.empty()
                : Optional.of(Obstacle.at(
                        Ref.namespace(namespace),
                        "%d running pods are in no Workload, and would be cut off from everything: %s. Declare a Workload of"
                                + " the same name and type, or one with their labels in spec.selector, or remove them",
                        uncovered.size(),
                        first(uncovered)));
    }

    private static boolean runs(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && (pod.getStatus() == null || !ENDED.contains(pod.getStatus().getPhase()));
    }

    private static boolean isCovered(Pod pod, String namespace, Blueprint blueprint) {
        var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
        return blueprint.workloads().stream()
                .filter(workload -> workload.namespace().equals(namespace))
                .anyMatch(workload ->
                        labels.entrySet().containsAll(workload.selector().entrySet()));
    }

    private static String first(List<String> names) {
        return names.stream().limit(FIRST).collect(Collectors.joining(", "))
                + (names.size() > FIRST ? " and %d more".formatted(names.size() - FIRST) : "");
    }
}
