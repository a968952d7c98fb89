package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.Enforcement;
import dev.bulkhead.api.v1alpha1.InboundPolicy;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What Linkerd needs said, and what it can say: annotations, its ports in the perimeter, identities. */
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

    private static final Set<Kind> WORDS =
            Set.of(Kind.SERVER, Kind.MESH_TLS_AUTHENTICATION, Kind.NETWORK_AUTHENTICATION, Kind.AUTHORIZATION_POLICY);

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

    /** Whether both are in it, so that the one can prove to the other who it is. */
    boolean joins(WorkloadSlice caller, WorkloadSlice callee) {
        return has(caller) && has(callee);
    }

    /** Whether the one has to prove it. In a cluster that is known to have no mesh nobody asks, whatever was asked for. */
    boolean proves(WorkloadSlice caller, WorkloadSlice callee) {
        return joins(caller, callee)
                && !blueprint.capabilities().offers().lacks(Kind.SERVER.apiVersion(), Kind.SERVER.kind());
    }

    /**
     * The ports that packets of an edge carry. Between meshed pods that is the proxy's or the app's, as the mesh's transport
     * mode is; that mode changes at once for all, so that both are open, and what keeps to the one port is the mesh itself.
     */
    List<WirePort> wire(Edge edge) {
        var app = List.of(WirePort.of(edge.port()));
        return joins(edge.caller(), edge.callee()) ? wire(app) : app;
    }

    /** The same of what the platform calls. */
    List<WirePort> wire(Admission admission) {
        var joins = admission.account() != null && has(admission.workload());
        return joins ? wire(admission.ports()) : admission.ports();
    }

    /** What a proxy shows of itself is called by its own number. */
    private static List<WirePort> wire(List<WirePort> ports) {
        return ports.stream().anyMatch(port -> port.protocol() == Protocol.TCP && port.port() != PROXY_METRICS)
                ? Stream.concat(ports.stream(), Stream.of(WirePort.tcp(PROXY)))
                        .distinct()
                        .toList()
                : ports;
    }

    /** Whether what may be said in the mesh's own words is said in them: where it is served. */
    boolean authorizes() {
        return blueprint.meshed() && blueprint.capabilities().served().containsAll(WORDS);
    }

    /** Whether single requests can be told apart. */
    boolean routes() {
        return blueprint.capabilities().served().contains(Kind.HTTP_ROUTE);
    }

    /** What a proxy does with what no authorization lets in. A default that denies stays as it is, whatever a set tries. */
    String refusal() {
        var tries = blueprint.networks().stream().anyMatch(it -> it.spec().enforcement() == Enforcement.Audit);
        return blueprint.isOpen() || tries && blueprint.mesh().inboundPolicy() != InboundPolicy.DENY ? "audit" : "deny";
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
