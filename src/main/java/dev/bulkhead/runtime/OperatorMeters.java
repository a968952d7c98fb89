package dev.bulkhead.runtime;

import dev.bulkhead.cluster.Connections;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/** What is measured of the operator itself: docs/metrics.md. Environments have meters of their own. */
final class OperatorMeters {

    private static final String CONTROLLER = "controller";

    private final MeterRegistry registry;
    private final MultiGauge watched;

    OperatorMeters(MeterRegistry registry) {
        this.registry = registry;
        this.watched = MultiGauge.builder("bulkhead.watched.objects")
                .description("Objects of ours that the operator sees in a cluster")
                .tag("cluster", Connections.LOCAL)
                .register(registry);
    }

    void progress(Progress progress) {
        Gauge.builder("bulkhead.oldest.unobserved.seconds", progress, Progress::seconds)
                .description("How long the environment has waited that has waited longest to be looked at")
                .register(registry);
    }

    /** A controller began. */
    void controller(String name, Attendance attendance) {
        Gauge.builder(
                        "bulkhead.queue.age.seconds",
                        attendance,
                        it -> it.longestWait(name).toMillis() / 1000.0)
                .description("How long the oldest event of a controller has waited to be taken up")
                .tag(CONTROLLER, name)
                .register(registry);
        stuck(name);
    }

    /** A resource of a controller was stuck, and was freed. */
    void freed(String controller) {
        stuck(controller).increment();
    }

    /** @param objects how many are seen, by kind */
    void watched(Map<String, Integer> objects) {
        watched.register(
                objects.entrySet().stream()
                        .map(it -> MultiGauge.Row.of(Tags.of("kind", it.getKey()), it.getValue()))
                        .toList(),
                true);
    }

    private Counter stuck(String controller) {
        return Counter.builder("bulkhead.stuck")
                .description("Resources whose events were ignored, and that were freed")
                .tag(CONTROLLER, controller)
                .register(registry);
    }
}
