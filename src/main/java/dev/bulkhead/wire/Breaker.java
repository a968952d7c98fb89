package dev.bulkhead.wire;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops asking an API server that doesn't answer, so that who would wait for it goes on at once; and then tries it with a
 * few requests, ever less often. That it is slow or has too much to do is the {@link Pace}'s to see, not this one's.
 */
public final class Breaker {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Set<Integer> BROKEN = Set.of(500, 502, 503, 504);

    private final Optional<CircuitBreaker> circuit;

    private Breaker(Optional<CircuitBreaker> circuit) {
        this.circuit = circuit;
    }

    /** For the hub's own API server: without it nothing can be done in any case, and the lease decides. */
    public static Breaker none() {
        return new Breaker(Optional.empty());
    }

    public static Breaker of(String cluster) {
        return new Breaker(Optional.of(CircuitBreaker.of(
                cluster,
                CircuitBreakerConfig.custom()
                        .slidingWindow(20, 10, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(60)
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .maxWaitDurationInHalfOpenState(Duration.ofSeconds(30))
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, 2, LONGEST_PAUSE))
                        .build())));
    }

    /** 0 while requests are sent, 1 while none is, a half while some are tried. */
    public void measure(MeterRegistry registry, String cluster) {
        circuit.ifPresent(it -> Gauge.builder("bulkhead.cluster.breaker", it, Breaker::reading)
                .description("Whether requests to a target cluster are held back: 0 no, 1 yes, 0.5 some are tried")
                .tag("cluster", cluster)
                .register(registry));
    }

    private static double reading(CircuitBreaker circuit) {
        return switch (circuit.getState()) {
            case OPEN, FORCED_OPEN -> 1;
            case HALF_OPEN -> 0.5;
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
        };
    }

    /** What was before says nothing any more: the server was just seen alive. */
    public void reset() {
        circuit.ifPresent(CircuitBreaker::reset);
    }

    /** Whether a request may be sent; then {@link #answered} or {@link #failed} must follow. */
    boolean lets() {
        return circuit.map(CircuitBreaker::tryAcquirePermission).orElse(true);
    }

    void answered(int code, long nanos) {
        circuit.ifPresent(it -> {
            if (BROKEN.contains(code)) {
                it.onError(nanos, TimeUnit.NANOSECONDS, new IOException("HTTP " + code));
            } else {
                it.onSuccess(nanos, TimeUnit.NANOSECONDS);
            }
        });
    }

    void failed(Throwable failure, long nanos) {
        circuit.ifPresent(it -> {
            if (failure instanceof IOException || failure instanceof TimeoutException) {
                it.onError(nanos, TimeUnit.NANOSECONDS, failure);
            } else {
                // It didn't come so far: what we refuse ourselves says nothing of the server.
                it.releasePermission();
            }
        });
    }

    static IOException heldBack() {
        return new HeldBack();
    }

    /** A request that wasn't sent, because those before it weren't answered. */
    static final class HeldBack extends IOException {

        HeldBack() {
            super("The API server hasn't answered lately, so it is left alone for some seconds. It is tried again");
        }
    }
}
