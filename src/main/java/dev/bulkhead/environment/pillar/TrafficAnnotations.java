package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.CircuitBreaking;
import dev.bulkhead.api.v1alpha1.GrpcStatus;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.Retries;
import dev.bulkhead.api.v1alpha1.Timeouts;
import dev.bulkhead.api.v1alpha1.Traffic;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.network.ProxyProtocol;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What callers' proxies read on a Service. A route that had one of these would take no notice of any that the Service has,
 * so that all of them stand on the Service and none on a route.
 */
final class TrafficAnnotations {

    private static final String OPAQUE = "config.linkerd.io/opaque-ports";
    private static final String RETRY = "retry.linkerd.io/";
    private static final String TIMEOUT = "timeout.linkerd.io/";
    private static final String ACCRUAL = "balancer.linkerd.io/failure-accrual";

    private final Map<String, String> annotations = new TreeMap<>();

    private TrafficAnnotations() {}

    static Map<String, String> of(Rendering rendering) {
        if (!new Mesh(rendering.blueprint()).has(rendering.workload())) {
            return Map.of();
        }
        var all = new TrafficAnnotations();
        all.add(rendering.spec().ports());
        var traffic = rendering.spec().traffic();
        if (traffic != null) {
            all.add(traffic);
        }
        return all.annotations;
    }

    /**
     * A caller's proxy knows the numbers of the Service, and we tell what is spoken by the number that the app listens on. It
     * is to hear of both the same; where it doesn't know that a server speaks first, it waits for ten seconds.
     */
    private void add(List<WorkloadPort> ports) {
        var untold = ports.stream()
                .filter(port -> port.protocol() == Protocol.TCP && port.appProtocol() == null)
                .toList();
        var opaque = untold.stream()
                .filter(port -> ProxyProtocol.of(port) == ProxyProtocol.OPAQUE)
                .map(WorkloadPort::port)
                .toList();
        if (!opaque.isEmpty() || untold.stream().anyMatch(port -> ProxyProtocol.isUsuallyOpaque(port.port()))) {
            put(OPAQUE, opaque.stream().sorted().map(Object::toString).collect(Collectors.joining(",")));
        }
    }

    private void add(Traffic traffic) {
        if (traffic.retries() != null) {
            add(traffic.retries());
        }
        if (traffic.timeouts() != null) {
            add(traffic.timeouts());
        }
        if (traffic.circuitBreaking() != null) {
            add(traffic.circuitBreaking());
        }
    }

    private void add(Retries retries) {
        put(RETRY + "http", retries.http());
        put(RETRY + "grpc", retries.grpc().stream().map(GrpcStatus::value).toList());
        put(RETRY + "limit", retries.limit().toString());
        put(RETRY + "timeout", retries.timeout());
    }

    private void add(Timeouts timeouts) {
        put(TIMEOUT + "request", timeouts.request());
        put(TIMEOUT + "response", timeouts.response());
        put(TIMEOUT + "idle", timeouts.idle());
    }

    private void add(CircuitBreaking breaking) {
        put(ACCRUAL, "consecutive");
        put(ACCRUAL + "-consecutive-max-failures", breaking.maxFailures().toString());
        put(ACCRUAL + "-consecutive-min-penalty", breaking.minPenalty());
        put(ACCRUAL + "-consecutive-max-penalty", breaking.maxPenalty());
        put(ACCRUAL + "-consecutive-jitter-ratio", breaking.jitterRatio());
    }

    private void put(String key, List<String> values) {
        put(key, values.isEmpty() ? null : values.stream().sorted().collect(Collectors.joining(",")));
    }

    private void put(String key, @Nullable String value) {
        if (value != null) {
            annotations.put(key, value);
        }
    }
}
