package dev.bulkhead.faults.crash;

import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What one hub namespace has to come to, from what its user did last. */
final class Expected {

    private static final long GONE = -1;

    private final TestNamespace hub;
    private final History history;
    private final Map<Named, Long> generations = new ConcurrentHashMap<>();

    private record Named(String kind, String name) {}

    Expected(TestNamespace hub, History history) {
        this.hub = hub;
        this.history = history;
    }

    /** These are to be Ready as they are now. */
    void has(List<GenericKubernetesResource> objects) {
        objects.forEach(this::has);
    }

    void has(GenericKubernetesResource object) {
        generations.put(
                new Named(object.getKind(), object.getMetadata().getName()),
                object.getMetadata().getGeneration());
    }

    /** What was Ready isn't looked after any more. */
    void forgets() {
        generations.clear();
    }

    void goes(String kind, String name) {
        generations.put(new Named(kind, name), GONE);
    }

    /** Contributors of an environment that went wait for it. */
    boolean isMet() {
        return outstanding().isEmpty();
    }

    List<String> outstanding() {
        var gone = generations.getOrDefault(new Named("Environment", "env"), 0L) == GONE;
        return generations.entrySet().stream()
                .filter(it -> it.getValue() == GONE || !gone)
                .filter(it -> !isMet(it.getKey(), it.getValue()))
                .map(it -> "%s %s/%s at generation %d: %s"
                        .formatted(
                                it.getKey().kind(),
                                hub,
                                it.getKey().name(),
                                it.getValue(),
                                history.now(
                                        it.getKey().kind(),
                                        hub.name(),
                                        it.getKey().name())))
                .collect(Collectors.toList());
    }

    private Optional<Seen> now(Named named) {
        return history.now(named.kind(), named.kind().equals("Namespace") ? "" : hub.name(), named.name());
    }

    private boolean isMet(Named named, long generation) {
        var now = now(named);
        return generation == GONE
                ? now.isEmpty()
                : now.filter(it -> it.generation() >= generation && it.isReady())
                        .isPresent();
    }
}
