package dev.bulkhead.environment.reach;

import dev.bulkhead.api.v1alpha1.InboundPolicy;
import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Party;
import dev.bulkhead.network.reach.PortSet;
import dev.bulkhead.network.reach.Proxy;
import dev.bulkhead.network.reach.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pods of other namespaces, whom nobody knows. For each sort of them that a foreign policy means there is one, and one that
 * carries no label: whoever lets it in lets in everybody. Where there is a mesh each may also be in it, as whoever is let in
 * there.
 *
 * @param twins who is in the mesh → who is the same without it
 */
record Strangers(List<Endpoint> pods, Map<String, Map<String, String>> namespaces, Map<Endpoint, Endpoint> twins) {

    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
    private static final String ANY = "*";
    private static final Proxy PROXY =
            new Proxy(true, PortSet.NONE, PortSet.NONE, PortSet.NONE, PortSet.NONE, InboundPolicy.ALL_UNAUTHENTICATED);

    /** Labels that a selector takes, and how it is said. */
    private record Labels(String words, Map<String, String> values) {}

    /**
     * @param home the namespaces of the environment: whoever is there is no stranger
     * @param meshed whether they may be in a mesh
     */
    static Strangers of(Collection<HasMetadata> foreign, Set<String> home, boolean meshed) {
        var accounts = Accounts.of(
                        Worlds.only(foreign, GenericKubernetesResource.class).toList())
                .byNamespace();
        var pods = new TreeMap<String, Endpoint>();
        var namespaces = new HashMap<String, Map<String, String>>();
        var twins = new HashMap<Endpoint, Endpoint>();
        Stream.concat(
                        Stream.of(new NetworkPolicyPeer(null, new LabelSelector(), new LabelSelector())),
                        Worlds.only(foreign, NetworkPolicy.class).flatMap(Strangers::peers))
                .filter(peer -> peer.getNamespaceSelector() != null)
                .forEach(peer -> {
                    var where = labels(peer.getNamespaceSelector());
                    var who = labels(Objects.requireNonNullElseGet(peer.getPodSelector(), LabelSelector::new));
                    var named = Optional.ofNullable(where.values.get(NAMESPACE_NAME));
                    var namespace = named.orElse(where.words);
                    if (home.contains(namespace)) {
                        return;
                    }
                    var pod = pod(namespace, who.words, who.values, Accounts.ANY, Proxy.NONE);
                    pods.putIfAbsent(pod.id(), pod);
                    namespaces.computeIfAbsent(namespace, _ -> new TreeMap<>()).putAll(where.values);
                    if (meshed) {
                        // A namespace that isn't named may be any of those that are let in by name.
                        Stream.concat(
                                        Stream.of(namespace),
                                        named.isPresent() ? Stream.empty() : accounts.keySet().stream())
                                .filter(it -> !home.contains(it))
                                .forEach(it -> {
                                    namespaces
                                            .computeIfAbsent(it, _ -> new TreeMap<>())
                                            .putAll(where.values);
                                    accounts(accounts, it)
                                            .map(account -> pod(
                                                    it,
                                                    "%s in the mesh as %s".formatted(who.words, account),
                                                    who.values,
                                                    account,
                                                    PROXY))
                                            .forEach(twin -> {
                                                if (pods.putIfAbsent(twin.id(), twin) == null) {
                                                    twins.put(twin, pod);
                                                }
                                            });
                                });
                    }
                });
        return new Strangers(List.copyOf(pods.values()), Map.copyOf(namespaces), Map.copyOf(twins));
    }

    private static Stream<String> accounts(Map<String, TreeSet<String>> named, String namespace) {
        return Stream.concat(Stream.of(Accounts.ANY), named.getOrDefault(namespace, new TreeSet<>()).stream())
                .distinct();
    }

    /** Without what is open in the mesh, and without it just so. */
    List<Edge> withoutTwins(List<Edge> edges) {
        var known = edges.stream().map(Strangers::what).collect(Collectors.toSet());
        return edges.stream()
                .filter(edge -> !(twins.containsKey(edge.from()) || twins.containsKey(edge.to()))
                        || !known.contains(what(new Edge(
                                single(edge.from()),
                                single(edge.to()),
                                edge.port(),
                                edge.ports(),
                                edge.access(),
                                edge.enforcedBy(),
                                edge.mutualTls()))))
                .toList();
    }

    private Party single(Party party) {
        return party instanceof Endpoint endpoint ? twins.getOrDefault(endpoint, endpoint) : party;
    }

    private static List<Object> what(Edge edge) {
        return List.of(edge.from().id(), edge.to().id(), edge.ports(), edge.access());
    }

    /** The world with them in it, but for those whom it knows. */
    World in(World world) {
        var known = world.endpoints().stream()
                .map(endpoint -> Map.entry(endpoint.namespace(), endpoint.labels()))
                .collect(Collectors.toSet());
        var labels = new HashMap<>(namespaces);
        labels.putAll(world.namespaceLabels());
        return new World(
                Stream.concat(
                                world.endpoints().stream(),
                                pods.stream().filter(pod -> !known.contains(Map.entry(pod.namespace(), pod.labels()))))
                        .toList(),
                world.policies(),
                world.mesh(),
                labels,
                world.facts());
    }

    boolean has(Party party) {
        return party instanceof Endpoint endpoint && pods.contains(endpoint);
    }

    private static Stream<NetworkPolicyPeer> peers(NetworkPolicy policy) {
        return Stream.concat(
                policy.getSpec().getIngress().stream()
                        .map(NetworkPolicyIngressRule::getFrom)
                        .flatMap(List::stream),
                policy.getSpec().getEgress().stream()
                        .map(NetworkPolicyEgressRule::getTo)
                        .flatMap(List::stream));
    }

    private static Endpoint pod(
            String namespace, String name, Map<String, String> labels, String account, Proxy proxy) {
        return new Endpoint(namespace, name, labels, account, List.of(), List.of(), proxy, false, List.of());
    }

    private static Labels labels(LabelSelector selector) {
        var values = new TreeMap<>(Objects.requireNonNullElse(selector.getMatchLabels(), Map.<String, String>of()));
        Objects.requireNonNullElse(selector.getMatchExpressions(), List.<LabelSelectorRequirement>of()).stream()
                .filter(expression -> List.of("In", "Exists").contains(expression.getOperator()))
                .forEach(expression -> values.putIfAbsent(
                        expression.getKey(),
                        expression.getValues().stream().findFirst().orElse("any")));
        var words = values.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        return new Labels(words.isEmpty() ? ANY : words, values);
    }
}
