package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Level;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.network.Hole;
import dev.bulkhead.network.Hole.Direction;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Default deny, DNS, and one hole per declared edge. Everything not named here is refused.
 *
 * <p>Probes need no hole: the policy engines accept what comes from the pod's own node.
 */
public final class Isolation implements Pillar {

    private static final List<WirePort> DNS = List.of(WirePort.tcp(53), WirePort.udp(53));

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        var policies = new Policies(blueprint, blueprint.origin());
        var everywhere = blueprint.namespaces().stream().flatMap(namespace -> Stream.of(
                        Stream.of(denyAll(policies, namespace), allowDns(policies, namespace)),
                        allowMesh(policies, namespace))
                .flatMap(entries -> entries));
        return Stream.of(
                        everywhere,
                        Edge.of(blueprint).flatMap(edge -> holes(blueprint, edge)),
                        blueprint.networks().stream()
                                .flatMap(set -> new SetEdges(blueprint, set).admissions())
                                .map(admission -> hole(blueprint, admission)),
                        blueprint.workloads().stream().flatMap(caller -> new CallEdges(blueprint, caller).entries()),
                        blueprint.networks().stream().flatMap(set -> new SetEdges(blueprint, set).entries()))
                .flatMap(entries -> entries);
    }

    private static Stream<Entry> holes(Blueprint blueprint, Edge edge) {
        var policies = new Policies(blueprint, edge.origin());
        var wire = new Mesh(blueprint).wire(edge);
        return Stream.of(
                policies.egress(edge.caller(), edge.nameAtCaller(), edge.says(), Policies.pods(edge.callee()), wire),
                policies.ingress(edge.callee(), edge.nameAtCallee(), edge.says(), Policies.pods(edge.caller()), wire));
    }

    private static Entry hole(Blueprint blueprint, Admission admission) {
        return new Policies(blueprint, admission.origin())
                .ingress(
                        admission.workload(),
                        admission.name(),
                        admission.says(),
                        admission.from(),
                        new Mesh(blueprint).wire(admission));
    }

    /** While nothing is to be refused, everything is let in and out: each hole denies what isn't in it. */
    private static Entry denyAll(Policies policies, TargetNamespace namespace) {
        var spec = new NetworkPolicySpecBuilder()
                .withPodSelector(Policies.selector(Map.of()))
                .withPolicyTypes("Ingress", "Egress");
        return policies.blueprint().isOpen()
                ? policies.policy(
                        namespace.name(),
                        "allow-all",
                        "everybody talks to everybody, while a set says Audit",
                        spec.addNewIngress()
                                .endIngress()
                                .addNewEgress()
                                .endEgress()
                                .build(),
                        Level.FOUNDATION)
                : policies.policy(namespace.name(), "deny-all", "nobody talks to anybody", spec.build(), Level.DENY);
    }

    private static Entry allowDns(Policies policies, TargetNamespace namespace) {
        var dns = policies.blueprint().environmentClass().platform().dns();
        var hole = new Hole(
                Direction.EGRESS,
                Policies.selector(Map.of()),
                List.of(new Peer.Pods(dns.namespace(), dns.podLabels())),
                DNS);
        return policies.hole(namespace.name(), "allow-dns", "all pods ask the cluster's DNS", hole);
    }

    private static Stream<Entry> allowMesh(Policies policies, TargetNamespace namespace) {
        var mesh = new Mesh(policies.blueprint());
        return policies.blueprint().meshed()
                ? Stream.of(policies.hole(
                        namespace.name(),
                        "allow-mesh",
                        "the proxies of meshed pods talk to the mesh's control plane",
                        new Hole(Direction.EGRESS, injected(), List.of(mesh.controlPlane()), mesh.controlPlanePorts())))
                : Stream.empty();
    }

    private static LabelSelector injected() {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(Mesh.INJECTED)
                .withOperator("Exists")
                .endMatchExpression()
                .build();
    }
}
