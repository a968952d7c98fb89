package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.AllowedEdge;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.Transport;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadPeer;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.network.LinkerdVersion;
import dev.bulkhead.network.ProxyProtocol;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the edges between workloads may not say of how they are called. What is missing, {@link NetworkRules} says. */
final class EdgeRules {

    /** Before that its webhook refuses what authorizes requests (linkerd2#13962). */
    private static final String SORTS_REQUESTS = "2.19";

    private static final String EDGE_SORTS_REQUESTS = "edge-25.5";

    private final Surroundings around;
    private final List<AllowedEdge> edges;

    EdgeRules(Surroundings around, List<AllowedEdge> edges) {
        this.around = around;
        this.edges = edges;
    }

    Stream<Finding> check() {
        return IntStream.range(0, edges.size())
                .boxed()
                .flatMap(index -> Stream.concat(saysAnother(index), check(index).stream()));
    }

    /** Who reads the one entry must not be wrong because of the other. */
    private Stream<Finding> saysAnother(int index) {
        var edge = edges.get(index);
        return edge.transport() == null
                ? Stream.empty()
                : IntStream.range(0, index)
                        .filter(earlier -> contradicts(edges.get(earlier), edge))
                        .mapToObj(earlier -> new Finding(
                                Reason.EdgeContradictory,
                                "spec.allow[%d].transport: it is %s, and spec.allow[%d] says %s of the same edge. Say one of them"
                                        .formatted(
                                                index,
                                                edge.transport(),
                                                earlier,
                                                edges.get(earlier).transport())))
                        .limit(1);
    }

    private static boolean contradicts(AllowedEdge one, AllowedEdge other) {
        return one.transport() != null
                && one.transport() != other.transport()
                && one.to().equals(other.to())
                && one.from().stream().anyMatch(other.from()::contains);
    }

    private List<Finding> check(int index) {
        var edge = edges.get(index);
        return around.workload(edge.to().workload()).stream()
                .flatMap(callee -> callee.getSpec().ports().stream()
                        .filter(port -> port.name().equals(edge.to().port()))
                        .flatMap(port -> Stream.concat(
                                edge.http().isEmpty()
                                        ? Stream.empty()
                                        : http("spec.allow[%d].http".formatted(index), callee, port),
                                edge.transport() == Transport.MutualTLS
                                        ? mutual("spec.allow[%d].transport".formatted(index), edge.from(), callee, port)
                                        : Stream.empty())))
                .toList();
    }

    private Stream<Finding> http(String where, Workload callee, WorkloadPort port) {
        if (port.protocol() != Protocol.TCP || ProxyProtocol.of(port) == ProxyProtocol.OPAQUE) {
            return contradictory(
                    where,
                    "port %s of workload %s speaks %s, and no HTTP that requests could be told apart in. Set its appProtocol to"
                            + " http, or leave http out here",
                    port.name(),
                    callee.name(),
                    port.appProtocol() == null ? port.protocol() + " " + port.containerPort() : port.appProtocol());
        }
        if (!around.meshes(callee.getSpec())) {
            return contradictory(
                    where,
                    "workload %s isn't in a mesh, and NetworkPolicies know no requests. Give the environment a mesh, or leave"
                            + " http out here",
                    callee.name());
        }
        if (callee.getSpec().deliveredByOthers()) {
            return contradictory(
                    where,
                    "somebody else delivers the pods of workload %s, so that nobody knows by which requests the kubelet asks"
                            + " them whether they are well, which would have to stay open. Leave http out here",
                    callee.name());
        }
        var known = around.capabilities();
        var linkerd = known.offers().linkerd();
        if (linkerd == null) {
            return Stream.empty();
        }
        if (LinkerdVersion.of(linkerd.version())
                .filter(version -> !version.isSince(SORTS_REQUESTS, EDGE_SORTS_REQUESTS))
                .isPresent()) {
            return Finding.of(
                    Reason.MeshMissing,
                    "%s: the cluster's Linkerd is %s, which takes no authorization for a route of the Gateway API. Bring it to %s or"
                            + " newer, or leave http out here",
                    where,
                    linkerd.version(),
                    SORTS_REQUESTS);
        }
        return !known.served().contains(Kind.HTTP_ROUTE)
                ? Finding.of(
                        Reason.KindsMissing,
                        "%s: the cluster serves no %s %s, in which requests are told apart. Install the Gateway API there, or"
                                + " leave http out here",
                        where,
                        Kind.HTTP_ROUTE.apiVersion(),
                        Kind.HTTP_ROUTE.kind())
                : Stream.empty();
    }

    private Stream<Finding> mutual(String where, List<WorkloadPeer> from, Workload callee, WorkloadPort port) {
        if (port.protocol() != Protocol.TCP) {
            return contradictory(
                    where, "MutualTLS is for TCP, and port %s is %s. Leave it out", port.name(), port.protocol());
        }
        var outside = Stream.concat(
                        Stream.of(callee), from.stream().flatMap(peer -> around.workload(peer.workload()).stream()))
                .filter(workload -> !around.meshes(workload.getSpec()))
                .findFirst();
        if (outside.isPresent()) {
            return contradictory(
                    where,
                    "MutualTLS needs both ends in a mesh, and workload %s isn't. Put it into one, or say Plain",
                    outside.get().name());
        }
        var offers = around.capabilities().offers();
        return !offers.apis().isEmpty() && offers.linkerd() == null
                ? Finding.of(
                        Reason.MeshMissing,
                        "%s: MutualTLS is asked for, and the cluster has no Linkerd. Install it there, or leave transport out,"
                                + " which takes it where it is to be had",
                        where)
                : Stream.empty();
    }

    private static Stream<Finding> contradictory(String where, String what, Object... values) {
        return Stream.of(new Finding(Reason.EdgeContradictory, "%s: %s".formatted(where, what.formatted(values))));
    }
}
