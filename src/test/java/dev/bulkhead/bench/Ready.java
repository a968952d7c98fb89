package dev.bulkhead.bench;

import dev.bulkhead.api.v1alpha1.Environment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Watches environments, and notes when each was first said to be Ready with all that it was to contain. */
final class Ready implements AutoCloseable, ResourceEventHandler<Environment> {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final int workloads;
    private final SharedIndexInformer<Environment> informer;
    private final ConcurrentMap<String, Long> ready = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> spokenOf = new ConcurrentHashMap<>();

    private record Seen(long generation, boolean ready) {}

    /** @param workloads how many each environment has */
    Ready(KubernetesClient client, String hubNamespace, int workloads) {
        this.workloads = workloads;
        this.informer =
                client.resources(Environment.class).inNamespace(hubNamespace).inform(this);
    }

    /** Waits for an environment; the answer is by {@link System#nanoTime}. */
    long await(String environment) {
        Awaitility.await()
                .atMost(LONGEST)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(() -> ready.containsKey(environment));
        return ready.get(environment);
    }

    /** Waits for so many of them; the time of the last. */
    long awaitAll(int count) {
        Awaitility.await()
                .atMost(LONGEST)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> ready.size() >= count);
        return ready.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    /** Waits for the first status that speaks of this generation; when that was. */
    long awaitStatus(String environment, long generation) {
        var key = environment + "@" + generation;
        Awaitility.await()
                .atMost(LONGEST)
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(() -> spokenOf.containsKey(key));
        return spokenOf.get(key);
    }

    Map<String, Long> all() {
        return Map.copyOf(ready);
    }

    private void look(Environment environment) {
        var now = System.nanoTime();
        var name = environment.getMetadata().getName();
        var status = environment.getStatus();
        if (status == null || status.observedGeneration() == null || status.observedGeneration() < 0) {
            return;
        }
        spokenOf.putIfAbsent(name + "@" + status.observedGeneration(), now);
        var seen = new Seen(
                status.observedGeneration(),
                status.conditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")));
        if (seen.ready
                && seen.generation == environment.getMetadata().getGeneration()
                && status.inputs().size() >= workloads) {
            ready.putIfAbsent(name, now);
        }
    }

    @Override
    public void onAdd(Environment environment) {
        look(environment);
    }

    @Override
    public void onUpdate(Environment before, Environment after) {
        look(after);
    }

    @Override
    public void onDelete(Environment environment, boolean unknown) {
        ready.remove(environment.getMetadata().getName());
    }

    @Override
    public void close() {
        informer.close();
    }
}
