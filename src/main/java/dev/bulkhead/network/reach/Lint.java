package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import dev.bulkhead.network.reach.Endpoint.Probing;
import dev.bulkhead.network.reach.Finding.DefaultAccount;
import dev.bulkhead.network.reach.Finding.OnNode;
import dev.bulkhead.network.reach.Finding.OpenProbe;
import dev.bulkhead.network.reach.Finding.ProfiledService;
import dev.bulkhead.network.reach.Finding.ShadowedServer;
import dev.bulkhead.network.reach.Finding.SharedAccount;
import dev.bulkhead.network.reach.Finding.SkippedInbound;
import dev.bulkhead.network.reach.Finding.SkippedOutbound;
import dev.bulkhead.network.reach.Finding.UndeclaredPort;
import dev.bulkhead.network.reach.Finding.Unmeshed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a matrix doesn't show, because it lets nobody through today, or looks as if it were meant.
 *
 * @param intents what was wanted
 * @param ours whether an object is one that we wrote
 */
public record Lint(World world, List<Intent> intents, Predicate<HasMetadata> ours) {

    private static final String DEFAULT_ACCOUNT = "default";

    public List<Finding> findings() {
        return Stream.of(
                        accounts(),
                        defaultAccounts(),
                        shadows(),
                        profiles(),
                        unmeshed(),
                        skippedInbound(),
                        skippedOutbound(),
                        onNodes(),
                        undeclared(),
                        probes(),
                        names())
                .<Finding>flatMap(findings -> findings)
                .toList();
    }

    private Stream<Endpoint> meshed() {
        return world.endpoints().stream().filter(Endpoint::meshed);
    }

    /** By their ids, so that they are looked up and not gone through for every pair. */
    private Set<String> callers() {
        return meshed().filter(endpoint ->
                        intents.stream().anyMatch(intent -> intent.from().means(endpoint)))
                .map(Endpoint::id)
                .collect(Collectors.toSet());
    }

    private Stream<Finding> accounts() {
        var callers = callers();
        return meshed().filter(listed -> callers.contains(listed.id()))
                .flatMap(listed -> meshed().filter(other -> other.namespace().equals(listed.namespace())
                                && other.serviceAccount().equals(listed.serviceAccount())
                                && !callers.contains(other.id()))
                        .map(other -> new SharedAccount(listed, other)));
    }

    private Stream<Finding> defaultAccounts() {
        var callers = callers();
        return meshed().filter(endpoint -> callers.contains(endpoint.id())
                        && endpoint.serviceAccount().equals(DEFAULT_ACCOUNT))
                .map(DefaultAccount::new);
    }

    private Stream<Finding> shadows() {
        var servers = world.mesh("Server").map(Server::of).toList();
        return meshed().flatMap(callee -> callee.ports().stream().flatMap(port -> {
            var taken = servers.stream()
                    .filter(server -> server.ports(callee).meets(port.set()))
                    .toList();
            return taken.stream()
                    .skip(1)
                    .filter(server -> ours.test(server.object()))
                    .map(shadowed -> new ShadowedServer(
                            callee,
                            port.port(),
                            shadowed.name(),
                            taken.getFirst().name()));
        }));
    }

    private Stream<Finding> profiles() {
        return world.mesh("ServiceProfile")
                .map(profile -> new ProfiledService(
                        profile.getMetadata().getNamespace(),
                        profile.getMetadata().getName()));
    }

    private Stream<Finding> unmeshed() {
        var namespaces = meshed().map(Endpoint::namespace).collect(Collectors.toSet());
        return world.endpoints().stream()
                .filter(endpoint -> !endpoint.meshed() && namespaces.contains(endpoint.namespace()))
                .map(Unmeshed::new);
    }

    private Stream<Finding> skippedInbound() {
        return meshed().flatMap(endpoint -> endpoint.ownPorts()
                .filter(port -> endpoint.proxy().skipInbound().meets(port.set()))
                .map(port -> new SkippedInbound(endpoint, port)));
    }

    private Stream<Finding> skippedOutbound() {
        return meshed().flatMap(endpoint -> intents.stream()
                .filter(intent -> intent.from().means(endpoint)
                        && endpoint.proxy().skipOutbound().meets(intent.ports()))
                .map(SkippedOutbound::new));
    }

    private Stream<Finding> onNodes() {
        return world.endpoints().stream().filter(Endpoint::hostNetwork).map(OnNode::new);
    }

    private Stream<Finding> undeclared() {
        return world.endpoints().stream().flatMap(endpoint -> intents.stream()
                .filter(intent -> intent.to().means(endpoint)
                        && !intent.ports().without(endpoint.declared()).isEmpty())
                .map(intent -> new UndeclaredPort(endpoint, intent)));
    }

    private Stream<Finding> probes() {
        return meshed().flatMap(endpoint -> endpoint.probes().stream()
                .filter(probe -> probe.path().equals("/"))
                .map(Probing::port)
                .distinct()
                .map(port -> new OpenProbe(endpoint, port)));
    }

    private Stream<Finding> names() {
        return world.facts().engine() == NetworkPolicyEngine.KubeRouter
                ? new AmbiguousNames(world).findings()
                : Stream.empty();
    }
}
