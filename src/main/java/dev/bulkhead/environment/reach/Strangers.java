package dev.bulkhead.environment.reach;

import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Party;
import dev.bulkhead.network.reach.Proxy;
import dev.bulkhead.network.reach.World;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pods of other namespaces, whom nobody knows. For each sort of them that a foreign policy means there is one, and one that
 * carries no label: whoever lets it in lets in everybody.
 */
record Strangers(List<Endpoint> pods, Map<String, Map<String, String>> namespaces) {

    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
    private static final String ANY = "*";

    /** Labels that a selector takes, and how it is said. */
    private record Labels(String words, Map<String, String> values) {}

    /** @param home the namespaces of the environment: whoever is there is no stranger */
    static Strangers of(Collection<NetworkPolicy> foreign, Set<String> home) {
        var pods = new TreeMap<String, Endpoint>();
        var namespaces = new HashMap<String, Map<String, String>>();
        Stream.concat(
                        Stream.of(new NetworkPolicyPeer(null, new LabelSelector(), new LabelSelector())),
                        foreign.stream().flatMap(Strangers::peers))
                .filter(peer -> peer.getNamespaceSelector() != null)
                .forEach(peer -> {
                    var where = labels(peer.getNamespaceSelector());
                    var who = labels(Objects.requireNonNullElseGet(peer.getPodSelector(), LabelSelector::new));
                    var namespace = where.values.getOrDefault(NAMESPACE_NAME, where.words);
                    if (!home.contains(namespace)) {
                        var pod = pod(namespace, who);
                        pods.putIfAbsent(pod.id(), pod);
                        namespaces.putIfAbsent(namespace, where.values);
                    }
                });
        return new Strangers(List.copyOf(pods.values()), Map.copyOf(namespaces));
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

    private static Endpoint pod(String namespace, Labels who) {
        return new Endpoint(
                namespace, who.words, who.values, "default", List.of(), List.of(), Proxy.NONE, false, List.of());
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
