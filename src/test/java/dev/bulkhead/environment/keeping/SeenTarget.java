package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.Ref;
import dev.bulkhead.secrets.rotation.HookState;
import dev.bulkhead.secrets.rotation.HookStep;
import dev.bulkhead.secrets.rotation.Line;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a test says that a target shows. */
final class SeenTarget implements Sight {

    private final Map<String, Set<String>> pods = new HashMap<>();
    private final Map<Ref, Map<String, String>> brought = new HashMap<>();
    private int looks;

    void runs(String workload, String... words) {
        pods.put(workload, Set.of(words));
    }

    void runsNothing() {
        pods.clear();
    }

    void brings(Ref secret, Map<String, String> hashes) {
        brought.put(secret, hashes);
    }

    void takesAway(Ref secret) {
        brought.remove(secret);
    }

    /** How often somebody asked for pods. */
    int looks() {
        return looks;
    }

    @Override
    public Set<String> words(String namespace, String workload) {
        looks++;
        return pods.getOrDefault(workload, Set.of());
    }

    @Override
    public Optional<Map<String, String>> brought(Ref secret) {
        return Optional.ofNullable(brought.get(secret));
    }

    @Override
    public Map<HookStep, HookState> hooks(String entry, Line line) {
        return Map.of();
    }

    @Override
    public long pointer(Ref secret) {
        return 0;
    }

    @Override
    public int published(String entry) {
        return 0;
    }
}
