package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.HttpMatch;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.Transport;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.cluster.Capabilities.ApiServer;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.network.AddressBlocks;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import dev.bulkhead.network.reach.Intent;
import dev.bulkhead.network.reach.Outside;
import dev.bulkhead.network.reach.PortSet;
import dev.bulkhead.network.reach.Requests;
import dev.bulkhead.network.reach.Who;
import dev.bulkhead.network.reach.Who.Someone;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an environment wants, as the matrix of who reaches whom can be compared with it. */
record Intents(Blueprint blueprint) {

    List<Intent> all() {
        var sets = blueprint.networks().stream()
                .map(set -> new SetEdges(blueprint, set))
                .toList();
        return Stream.of(
                        Edge.of(blueprint).map(this::intent),
                        sets.stream().flatMap(SetEdges::admissions).flatMap(this::intents),
                        sets.stream().flatMap(SetEdges::entries).flatMap(this::outward),
                        blueprint.workloads().stream()
                                .flatMap(caller -> new CallEdges(blueprint, caller).entries())
                                .flatMap(this::outward))
                .<Intent>flatMap(intents -> intents)
                .distinct()
                .toList();
    }

    private Intent intent(Edge edge) {
        var proved = new Mesh(blueprint).proves(edge.caller(), edge.callee())
                && edge.isTcp()
                && edge.transport() != Transport.Plain;
        var requests = edge.http().isEmpty()
                ? Requests.ALL
                : edge.http().stream().map(Intents::requests).reduce(Requests.NONE, Requests::or);
        return Intent.between(
                        Prospect.id(edge.caller()),
                        Prospect.id(edge.callee()),
                        set(WirePort.of(edge.port())),
                        proved ? Transport.MutualTLS : Transport.Plain)
                .only(requests);
    }

    private static Requests requests(HttpMatch match) {
        var method = Optional.ofNullable(match.method()).map(Enum::name).orElse("");
        return match.path() == null
                ? Requests.below(method, Optional.ofNullable(match.pathPrefix()).orElse("/"))
                : Requests.exact(method, match.path());
    }

    private Stream<Intent> intents(Admission admission) {
        var ports = PortSet.union(admission.ports().stream().map(Intents::set).toList());
        var proved = admission.account() != null && new Mesh(blueprint).has(admission.workload());
        return admission.from().stream()
                .flatMap(this::who)
                .distinct()
                .map(from -> new Intent(
                        from,
                        new Someone(Prospect.id(admission.workload())),
                        ports,
                        proved ? Transport.MutualTLS : Transport.Plain,
                        Requests.ALL));
    }

    private Stream<Who> who(Peer peer) {
        return switch (peer) {
            case Peer.Pods pods -> Stream.of(new Someone(Prospect.id(pods)));
            case Peer.Addresses _ -> apiServers();
        };
    }

    /** Those of nodes are known together by a name: there may be thousands of them. */
    private Stream<Who> apiServers() {
        var known = blueprint.capabilities();
        return Stream.concat(
                known.nodes().isEmpty() ? Stream.empty() : Stream.of(new Someone(Outside.NODES)),
                AddressBlocks.of(known.apiServers().stream().map(ApiServer::address)).stream()
                        .map(block -> new Who.Addresses(block, List.of())));
    }

    /** A hole towards addresses. */
    private Stream<Intent> outward(Entry entry) {
        return entry instanceof ObjectEntry it && it.object() instanceof NetworkPolicy policy
                ? blueprint.workloads().stream()
                        .filter(caller ->
                                caller.namespace().equals(policy.getMetadata().getNamespace())
                                        && caller.selector()
                                                .equals(policy.getSpec()
                                                        .getPodSelector()
                                                        .getMatchLabels()))
                        .flatMap(caller -> policy.getSpec().getEgress().stream().flatMap(rule -> rule.getTo().stream()
                                .map(to -> new Intent(
                                        new Someone(Prospect.id(caller)),
                                        new Who.Addresses(
                                                to.getIpBlock().getCidr(),
                                                to.getIpBlock().getExcept()),
                                        PortSet.union(rule.getPorts().stream()
                                                .map(Intents::set)
                                                .toList()),
                                        Transport.Plain,
                                        Requests.ALL))))
                : Stream.empty();
    }

    private static PortSet set(NetworkPolicyPort port) {
        return PortSet.of(Protocol.valueOf(port.getProtocol()), port.getPort().getIntVal());
    }

    private static PortSet set(WirePort port) {
        return PortSet.of(port.protocol(), port.port());
    }
}
