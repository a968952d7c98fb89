package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.RateLimit;
import dev.bulkhead.api.v1alpha1.RateLimitOverride;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.ProxyProtocol;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How many requests each pod takes, said to the Server of each port in which requests are seen. */
final class RateLimits {

    private RateLimits() {}

    static Stream<Entry> of(Rendering rendering) {
        var limit = Objects.requireNonNull(rendering.spec().traffic()).rateLimit();
        return limit == null
                ? Stream.empty()
                : rendering.spec().ports().stream()
                        .filter(port ->
                                port.protocol() == Protocol.TCP && ProxyProtocol.of(port) != ProxyProtocol.OPAQUE)
                        .map(WorkloadPort::containerPort)
                        .distinct()
                        .map(port -> policy(rendering, limit, Names.server(rendering.name(), port)));
    }

    private static Entry policy(Rendering rendering, RateLimit limit, String server) {
        var spec = new TreeMap<String, Object>();
        spec.put("targetRef", Map.of("group", Kind.SERVER.group(), "kind", Kind.SERVER.kind(), "name", server));
        if (limit.requestsPerSecond() != null) {
            spec.put("total", rate(limit.requestsPerSecond()));
        }
        if (limit.perIdentity() != null) {
            spec.put("identity", rate(limit.perIdentity()));
        }
        var overrides = limit.overrides().stream()
                .flatMap(override -> rendering.blueprint().workload(override.workload()).stream()
                        .map(caller -> override(override, caller)))
                .toList();
        if (!overrides.isEmpty()) {
            spec.put("overrides", overrides);
        }
        return rendering.denying(Kind.HTTP_LOCAL_RATE_LIMIT_POLICY, server, spec);
    }

    /** By the account that the caller's pods run as. */
    private static Map<String, Object> override(RateLimitOverride override, WorkloadSlice caller) {
        return Map.of(
                "requestsPerSecond",
                override.requestsPerSecond(),
                "clientRefs",
                List.of(Map.of("kind", "ServiceAccount", "namespace", caller.namespace(), "name", caller.name())));
    }

    private static Map<String, Object> rate(int requestsPerSecond) {
        return Map.of("requestsPerSecond", requestsPerSecond);
    }
}
