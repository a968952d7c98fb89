package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Linkerd needs said: annotations on namespaces and pods, and its ports in the perimeter. */
final class Mesh {

    static final String INJECT = "linkerd.io/inject";
    static final String INBOUND_POLICY = "config.linkerd.io/default-inbound-policy";

    /** The label that the injector puts on every pod that it put a proxy into. */
    static final String INJECTED = "linkerd.io/control-plane-ns";

    /** Everything between two meshed pods arrives here, whatever port the caller meant. */
    private static final int PROXY = 4143;

    private static final int PROXY_METRICS = 4191;

    /** Identity, destination and policy: without them a proxy never becomes ready. */
    private static final List<WirePort> CONTROL_PLANE_PORTS =
            List.of(WirePort.tcp(8080), WirePort.tcp(8086), WirePort.tcp(8090));

    private static final Peer CONTROL_PLANE = new Peer.Pods("linkerd", Map.of());

    private final Blueprint blueprint;

    Mesh(Blueprint blueprint) {
        this.blueprint = blueprint;
    }

    boolean has(WorkloadSlice workload) {
        return blueprint.meshed() && workload.spec().takesProxy();
    }

    Map<String, String> namespaceAnnotations() {
        return blueprint.meshed() ? Map.of(INJECT, "enabled", INBOUND_POLICY, inboundPolicy()) : Map.of();
    }

    /**
     * The proxy reads its policy when the pod starts. Written on the template, and not only on the namespace, a changed
     * policy rolls the pods.
     */
    Map<String, String> podAnnotations(WorkloadSlice workload) {
        if (!blueprint.meshed()) {
            return Map.of();
        }
        return has(workload) ? Map.of(INJECT, "enabled", INBOUND_POLICY, inboundPolicy()) : Map.of(INJECT, "disabled");
    }

    /**
     * The ports that packets from one workload to the other carry. Between meshed pods that is the proxy's; the app port
     * stays open beside it until authorization by the mesh itself is there, because a pod that the injector missed
     * talks without a proxy.
     */
    List<WirePort> wire(WorkloadSlice caller, WorkloadSlice callee, WorkloadPort port) {
        var app = WirePort.of(port);
        return port.protocol() == Protocol.TCP && has(caller) && has(callee)
                ? Stream.of(app, WirePort.tcp(PROXY)).distinct().toList()
                : List.of(app);
    }

    List<WirePort> metricsPorts(WorkloadSlice workload) {
        return has(workload) ? List.of(WirePort.tcp(PROXY_METRICS)) : List.of();
    }

    Peer controlPlane() {
        return CONTROL_PLANE;
    }

    List<WirePort> controlPlanePorts() {
        return CONTROL_PLANE_PORTS;
    }

    private String inboundPolicy() {
        return blueprint.mesh().inboundPolicy().value();
    }
}
