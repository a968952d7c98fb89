package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.PlatformEdges;
import dev.bulkhead.api.v1alpha1.PlatformPeer;
import dev.bulkhead.api.v1alpha1.PortTarget;
import dev.bulkhead.cluster.Capabilities.ApiServer;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.pillar.Admission.Account;
import dev.bulkhead.network.AddressBlocks;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom of the platform one NetworkPolicySet lets in. */
record Admissions(Blueprint blueprint, SetEdges set, PlatformEdges platform) {

    /** The port that workloads name when it shows metrics. */
    private static final String METRICS_PORT = "metrics";

    Stream<Admission> all() {
        return Stream.of(ingress(), metrics(), webhooks())
                .flatMap(Function.identity())
                .collect(Collectors.toMap(Admission::name, it -> it, (one, _) -> one, TreeMap::new))
                .values()
                .stream();
    }

    private Stream<Admission> ingress() {
        var controller = blueprint.environmentClass().platform().ingress();
        return platform.ingress() == null
                ? Stream.empty()
                : platform.ingress().to().stream()
                        .flatMap(to -> admission(
                                to,
                                "from-ingress",
                                List.of(pods(controller)),
                                Account.of(controller),
                                "the ingress controller may call %s on port %s"));
    }

    private Stream<Admission> webhooks() {
        if (platform.webhooks() == null) {
            return Stream.empty();
        }
        var from = apiServers();
        return from.isEmpty()
                ? Stream.empty()
                : platform.webhooks().to().stream()
                        .flatMap(to -> admission(
                                to,
                                "from-nodes",
                                from,
                                null,
                                "the API server may call %s on port %s, by way of the nodes"));
    }

    /** Its addresses, and since it may be on a node, or come by way of any of them, those of the nodes. */
    private List<Peer> apiServers() {
        var known = blueprint.capabilities();
        return AddressBlocks.of(Stream.concat(
                        known.nodes().stream(), known.apiServers().stream().map(ApiServer::address)))
                .stream()
                .<Peer>map(block -> new Peer.Addresses(block, List.of()))
                .toList();
    }

    private Stream<Admission> admission(
            PortTarget to, String kind, List<Peer> from, @Nullable Account account, String says) {
        return blueprint.workload(to.workload()).stream().flatMap(workload -> Edge.port(workload, to.port()).stream()
                .map(port -> new Admission(
                        workload,
                        List.of(WirePort.of(port)),
                        from,
                        account,
                        set.name(workload.name(), kind, port.name()),
                        set.says(says.formatted(workload.name(), port.name())),
                        set.origin())));
    }

    private Stream<Admission> metrics() {
        return set.showsMetrics() ? blueprint.workloads().stream().flatMap(it -> metrics(it).stream()) : Stream.empty();
    }

    private Optional<Admission> metrics(WorkloadSlice workload) {
        var collector = blueprint.environmentClass().platform().metrics();
        var open = Stream.concat(
                        Edge.port(workload, METRICS_PORT).map(WirePort::of).stream(),
                        new Mesh(blueprint).metricsPorts(workload).stream())
                .toList();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(new Admission(
                        workload,
                        open,
                        List.of(pods(collector)),
                        Account.of(collector),
                        set.name(workload.name(), "from-metrics"),
                        set.says("the platform may read the metrics of %s".formatted(workload.name())),
                        set.origin()));
    }

    private static Peer pods(PlatformPeer peer) {
        return new Peer.Pods(peer.namespace(), peer.podLabels());
    }
}
