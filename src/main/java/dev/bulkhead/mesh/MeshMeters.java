package dev.bulkhead.mesh;

import dev.bulkhead.secrets.report.EntryReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How much is left of what the meshes of clusters live by. Time passes between two looks, so it is worked out when asked. */
public final class MeshMeters {

    private final Clock clock;
    private final MultiGauge left;
    private final MultiGauge behind;
    private final Map<String, Sample> samples = new ConcurrentHashMap<>();

    private record Sample(List<EntryReport> reports, int behind) {}

    public MeshMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        left = MultiGauge.builder("bulkhead.mesh.identity.life.left.ratio")
                .description("How much of its life a mesh's trust anchor or issuer has")
                .register(registry);
        behind = MultiGauge.builder("bulkhead.mesh.identity.pods.behind")
                .description("Pods that the rotation of a mesh's identity waits for")
                .register(registry);
    }

    void record(String cluster, MeshCourse.Result result) {
        samples.put(
                cluster,
                new Sample(
                        List.copyOf(result.reports().values()),
                        result.evidence().pods().size()));
        publish();
    }

    void keep(Set<String> clusters) {
        if (samples.keySet().retainAll(clusters)) {
            publish();
        }
    }

    private synchronized void publish() {
        left.register(
                samples.entrySet().stream()
                        .flatMap(it -> it.getValue().reports().stream()
                                .map(report -> Row.of(
                                        Tags.of("cluster", it.getKey(), "entry", report.entry()),
                                        () -> MeshReporter.lifeLeft(report, clock.instant())
                                                .orElse(Double.NaN))))
                        .toList(),
                true);
        behind.register(
                samples.entrySet().stream()
                        .map(it -> Row.of(
                                Tags.of("cluster", it.getKey()), it.getValue().behind()))
                        .toList(),
                true);
    }
}
