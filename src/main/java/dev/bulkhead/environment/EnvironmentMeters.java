package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.EnvironmentStatus;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.reach.Reached.Told;
import dev.bulkhead.environment.reach.Reached.Untold;
import dev.bulkhead.status.Conditions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * What a platform team looks at: {@code bulkhead_environments} by reason of their Ready condition, {@code bulkhead_edges}
 * by how they stand, and {@code bulkhead_objects_total} by kind and by what became of them. Never a name of a resource:
 * their number isn't bounded.
 */
public final class EnvironmentMeters {

    private final MeterRegistry registry;
    private final MultiGauge environments;
    private final Map<EnvironmentId, Tags> standings = new ConcurrentHashMap<>();
    private final Map<EnvironmentId, Told> reach = new ConcurrentHashMap<>();

    public EnvironmentMeters(MeterRegistry registry) {
        this.registry = registry;
        this.environments = MultiGauge.builder("bulkhead.environments")
                .description("Environments by the status and reason of their Ready condition")
                .register(registry);
        edges("open", Told::allowed);
        edges("missing", Told::missing);
        edges("extra", Told::extra);
        edges("foreign", Told::meddled);
    }

    private void edges(String state, ToIntFunction<Told> count) {
        Gauge.builder("bulkhead.edges", reach, all -> all.values().stream()
                        .mapToInt(count)
                        .sum())
                .description("Who reaches whom, over all environments of which it can be told")
                .tag("state", state)
                .register(registry);
    }

    void record(EnvironmentId environment, Pass pass, EnvironmentStatus status) {
        if (pass instanceof Pass.Live live) {
            live.outcome().results().forEach(this::count);
            switch (live.reached()) {
                case Told told -> reach.put(environment, told);
                case Untold _ -> reach.remove(environment);
            }
        }
        Conditions.find(status.conditions(), Conditions.READY).ifPresent(ready -> {
            var tags = Tags.of("ready", ready.getStatus(), "reason", ready.getReason());
            if (!tags.equals(standings.put(environment, tags))) {
                publish();
            }
        });
    }

    void forget(EnvironmentId environment) {
        standings.remove(environment);
        reach.remove(environment);
        publish();
    }

    private synchronized void publish() {
        environments.register(
                standings.values().stream()
                        .distinct()
                        .map(tags -> MultiGauge.Row.of(tags, () -> standings.values().stream()
                                .filter(tags::equals)
                                .count()))
                        .toList(),
                true);
    }

    private void count(Applied applied) {
        var result = result(applied);
        if (!result.isEmpty()) {
            registry.counter("bulkhead.objects", "kind", applied.ref().kind().kind(), "result", result)
                    .increment();
        }
    }

    private static String result(Applied applied) {
        return switch (applied) {
            case Applied.Unchanged _ -> "";
            case Applied.Waiting waiting -> waiting.lack() == Applied.Lack.TARGET ? "failed" : "";
            case Applied.Withheld _ -> "withheld";
            case Applied.Created _ -> "created";
            case Applied.Changed changed -> changed.why().isRepair() ? "repaired" : "changed";
            case Applied.Removed _ -> "removed";
            case Applied.Kept _ -> "kept";
            case Applied.Foreign _ -> "foreign";
            case Applied.Refused _ -> "refused";
            case Applied.Contested _ -> "contested";
        };
    }
}
