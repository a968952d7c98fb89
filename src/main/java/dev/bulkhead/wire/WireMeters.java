package dev.bulkhead.wire;

import io.fabric8.kubernetes.client.http.HttpResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** What is measured of a wire: docs/metrics.md. */
public final class WireMeters {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15)
    };

    private final MeterRegistry registry;
    private final String cluster;
    private final MultiGauge silences;

    public WireMeters(MeterRegistry registry, String cluster) {
        this.registry = registry;
        this.cluster = cluster;
        this.silences = MultiGauge.builder("bulkhead.watch.silence.seconds")
                .description("How long a watch has said nothing, the longest of each resource")
                .tag("cluster", cluster)
                .register(registry);
    }

    public void paceOf(Pace pace) {
        Gauge.builder("bulkhead.api.pace", pace, Pace::limit)
                .description(
                        "How many requests may be under way to an API server now; %d in peace".formatted(Pace.MOST))
                .tag("cluster", cluster)
                .register(registry);
        Gauge.builder("bulkhead.api.inflight", pace, Pace::underWay)
                .description("Requests under way to an API server")
                .tag("cluster", cluster)
                .register(registry);
        Gauge.builder("bulkhead.api.waiting", pace, Pace::waiting)
                .description("Requests that wait for their turn")
                .tag("cluster", cluster)
                .register(registry);
        Gauge.builder("bulkhead.api.held.seconds", pace, it -> it.held().toMillis() / 1000.0)
                .description("How long an API server still wants to be left alone, by its Retry-After")
                .tag("cluster", cluster)
                .register(registry);
    }

    public void watchWasCut(String resource) {
        restarts(resource).increment();
    }

    /** The cluster is gone, and so is what was measured of it. */
    public void remove() {
        registry.getMeters().stream()
                .filter(it -> cluster.equals(it.getId().getTag("cluster")))
                .filter(it -> it.getId().getName().startsWith("bulkhead."))
                .toList()
                .forEach(registry::remove);
    }

    /** What the watches are like now. Called at intervals. */
    public void measure(Watches watches) {
        var now = watches.silences();
        now.keySet().forEach(this::restarts);
        silences.register(
                now.entrySet().stream()
                        .map(it -> MultiGauge.Row.of(
                                Tags.of("resource", it.getKey()), it.getValue().toMillis() / 1000.0))
                        .toList(),
                true);
    }

    private Counter restarts(String resource) {
        return Counter.builder("bulkhead.watch.restarts")
                .description("Watches that were silent for too long and were opened again")
                .tags("cluster", cluster, "resource", resource)
                .register(registry);
    }

    <T> CompletableFuture<HttpResponse<T>> time(String method, CompletableFuture<HttpResponse<T>> answer) {
        var start = Timer.start(registry);
        return answer.whenComplete((response, failure) -> start.stop(Timer.builder("bulkhead.api.requests")
                .description("Requests to an API server: each attempt, without the wait for its turn")
                .tags("cluster", cluster, "method", method.toLowerCase(Locale.ROOT), "code", code(response, failure))
                .serviceLevelObjectives(BUCKETS)
                .register(registry)));
    }

    private static String code(HttpResponse<?> response, Throwable failure) {
        if (failure != null) {
            return "none";
        }
        return switch (response.code()) {
            case 409 -> "409";
            case 429 -> "429";
            default -> response.code() / 100 + "xx";
        };
    }
}
