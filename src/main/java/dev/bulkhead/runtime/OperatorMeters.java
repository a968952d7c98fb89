package dev.bulkhead.runtime;

import dev.bulkhead.cluster.Connection;
import dev.bulkhead.status.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/** What is measured of the operator itself: docs/metrics.md. Environments have meters of their own. */
final class OperatorMeters {

    private static final String CONTROLLER = "controller";
    private static final String CLUSTER = "cluster";

    private final MeterRegistry registry;
    private final MultiGauge watched;
    private final MultiGauge broken;
    private final MultiGauge queues;

    OperatorMeters(MeterRegistry registry) {
        this.registry = registry;
        this.watched = MultiGauge.builder("bulkhead.watched.objects")
                .description("Objects of ours that the operator sees in a cluster")
                .register(registry);
        this.broken = MultiGauge.builder("bulkhead.cluster.broken")
                .description("Target clusters that aren't reached, and why")
                .register(registry);
        this.queues = MultiGauge.builder("bulkhead.cluster.waiting")
                .description("Environments that wait for their turn in a cluster")
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

    /** @param clusters those that are open, by name */
    void watched(Map<String, Connection> clusters) {
        watched.register(
                clusters.entrySet().stream()
                        .flatMap(cluster -> cluster.getValue().watched().entrySet().stream()
                                .map(it -> MultiGauge.Row.of(
                                        Tags.of(CLUSTER, cluster.getKey(), "kind", it.getKey()), it.getValue())))
                        .toList(),
                true);
    }

    /**
     * How the target clusters are.
     *
     * @param reasons why each that isn't reached isn't
     * @param waiting how many environments of each wait for their turn
     */
    void clusters(Map<String, Reason> reasons, Map<String, Integer> waiting) {
        broken.register(
                reasons.entrySet().stream()
                        .map(it -> MultiGauge.Row.of(
                                Tags.of(
                                        CLUSTER,
                                        it.getKey(),
                                        "reason",
                                        it.getValue().name()),
                                1))
                        .toList(),
                true);
        queues.register(
                waiting.entrySet().stream()
                        .map(it -> MultiGauge.Row.of(Tags.of(CLUSTER, it.getKey()), it.getValue()))
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
