package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.Canary;
import dev.bulkhead.api.v1alpha1.CanaryMetric;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Flagger needs to bring a new version in by shares. It runs the version that is in use from a copy of the Deployment,
 * {@code <name>-primary}, whose pods keep all labels but {@link #LABEL}; so everything that finds pods by the label of their
 * workload finds both. The Service is Flagger's, too.
 */
final class Canaries {

    /** One of the labels by which Flagger tells the versions apart, unless it was told others. */
    static final String LABEL = "app.kubernetes.io/name";

    /** On a Secret: it isn't copied for the version in use. Its version is on the pods, and starts a rollout by itself. */
    static final Map<String, String> NOT_COPIED = Map.of("flagger.app/config-tracking", "disabled");

    private Canaries() {}

    static boolean has(WorkloadSlice workload) {
        var traffic = workload.spec().traffic();
        return traffic != null && traffic.canary() != null;
    }

    /** What is to be added to the labels by which the Deployment finds its pods. */
    static Map<String, String> label(Rendering rendering) {
        return has(rendering.workload()) ? Map.of(LABEL, rendering.name()) : Map.of();
    }

    static Stream<Entry> of(Rendering rendering) {
        var canary = Objects.requireNonNull(rendering.spec().traffic()).canary();
        return canary == null
                ? Stream.empty()
                : rendering.spec().ports().stream()
                        .filter(port -> port.name().equals(canary.port()))
                        .map(port -> rendering.running(Kind.CANARY, rendering.name(), spec(rendering, canary, port)));
    }

    private static Map<String, Object> spec(Rendering rendering, Canary canary, WorkloadPort port) {
        return Map.of(
                "provider",
                "gatewayapi:v1",
                "targetRef",
                reference(Kind.DEPLOYMENT, rendering.name()),
                "autoscalerRef",
                reference(Kind.HORIZONTAL_POD_AUTOSCALER, rendering.name()),
                "service",
                service(rendering, port),
                "analysis",
                Map.of(
                        "interval", canary.interval(),
                        "threshold", canary.threshold(),
                        "stepWeight", canary.stepWeight(),
                        "maxWeight", canary.maxWeight(),
                        "metrics",
                                canary.metrics().stream().map(Canaries::metric).toList()));
    }

    private static Map<String, Object> service(Rendering rendering, WorkloadPort port) {
        var service = new TreeMap<String, Object>();
        service.put("name", rendering.name());
        service.put("port", port.port());
        service.put("portName", port.name());
        service.put("targetPort", port.containerPort());
        if (port.appProtocol() != null) {
            service.put("appProtocol", port.appProtocol());
        }
        service.put(
                "gatewayRefs",
                List.of(Map.of(
                        "group",
                        "core",
                        "kind",
                        "Service",
                        "namespace",
                        rendering.workload().namespace(),
                        "name",
                        rendering.name(),
                        "port",
                        port.port())));
        var annotations = TrafficAnnotations.of(rendering);
        if (!annotations.isEmpty()) {
            service.put("apex", Map.of("annotations", annotations));
        }
        return service;
    }

    private static Map<String, Object> metric(CanaryMetric metric) {
        var range = new TreeMap<String, Object>();
        if (metric.min() != null) {
            range.put("min", metric.min());
        }
        if (metric.max() != null) {
            range.put("max", metric.max());
        }
        var template = new TreeMap<String, Object>();
        template.put("name", metric.templateRef().name());
        if (metric.templateRef().namespace() != null) {
            template.put("namespace", metric.templateRef().namespace());
        }
        return Map.of(
                "name", metric.name(),
                "interval", metric.interval(),
                "thresholdRange", range,
                "templateRef", template,
                "templateVariables", Map.of("direction", "inbound"));
    }

    private static Map<String, Object> reference(Kind kind, String name) {
        return Map.of("apiVersion", kind.apiVersion(), "kind", kind.kind(), "name", name);
    }
}
