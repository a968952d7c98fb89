package dev.bulkhead.runtime;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.Hub;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Health by progress: a generation that nobody has looked at for {@link #TOO_LONG} means that the loop is stuck, whatever
 * the informers say. JOSDK 5.3 can wedge a resource for good when it vanishes from the cache for a moment (JOSDK #3416);
 * a restart frees it, and nothing else does.
 */
public final class Progress {

    public static final Duration TOO_LONG = Duration.ofMinutes(5);

    private final Hub hub;
    private final Predicate<EnvironmentId> heldUp;
    private final Clock clock;
    private final Map<String, Behind> behind = new ConcurrentHashMap<>();

    /** @param observed the generation that was looked at last; a newer edit doesn't end the wait, a look does */
    private record Behind(long observed, Instant since) {}

    /** A generation that waits to be looked at. */
    public record Waiting(String resource, Duration since) {}

    /** @param heldUp who waits for nothing but others of the same cluster: a slow cluster is no stuck loop */
    Progress(Hub hub, Predicate<EnvironmentId> heldUp, Clock clock) {
        this.hub = hub;
        this.heldUp = heldUp;
        this.clock = clock;
    }

    /** The resource that has waited longest. Called at intervals, by the probes. */
    public Optional<Waiting> longest() {
        var now = clock.instant();
        var waiting = hub.environments().stream()
                .filter(it -> it.getMetadata().getDeletionTimestamp() == null)
                .filter(it -> observed(it) != it.getMetadata().getGeneration())
                .filter(it -> !heldUp.test(EnvironmentId.of(it)))
                .collect(Collectors.toMap(Progress::key, Progress::observed));
        behind.keySet().retainAll(waiting.keySet());
        waiting.forEach((key, observed) -> behind.compute(
                key,
                (_, before) -> before != null && before.observed == observed ? before : new Behind(observed, now)));
        return behind.entrySet().stream()
                .map(it -> new Waiting(it.getKey(), Duration.between(it.getValue().since, now)))
                .max(Comparator.comparing(Waiting::since));
    }

    /** How long the oldest one has waited; zero when none does. */
    double seconds() {
        return longest().map(it -> it.since().toMillis() / 1000.0).orElse(0.0);
    }

    private static long observed(Environment environment) {
        return environment.getStatus() == null || environment.getStatus().observedGeneration() == null
                ? -1
                : environment.getStatus().observedGeneration();
    }

    private static String key(HasMetadata resource) {
        return "%s/%s"
                .formatted(
                        resource.getMetadata().getNamespace(),
                        resource.getMetadata().getName());
    }
}
