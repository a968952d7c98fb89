package dev.bulkhead.cluster.capability;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import dev.bulkhead.api.v1alpha1.ServedApi;
import dev.bulkhead.apply.Kind;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The kinds that an API server says it serves.
 *
 * @param kinds by API version, sorted
 */
record Discovery(Map<String, Set<String>> kinds) {

    /** Groups of which every kind may matter; of all others only what we write ourselves. */
    private static final List<String> OF_OTHERS = List.of(
            "argoproj.io",
            "cert-manager.io",
            "externaldns.k8s.io",
            "gateway.networking.k8s.io",
            "linkerd.io",
            "monitoring.coreos.com",
            "policy.linkerd.io",
            "policy.networking.k8s.io",
            "snapshot.storage.k8s.io",
            "traefik.io");

    /** What an engine serves that no other does. kube-router serves nothing. */
    private static final Map<String, NetworkPolicyEngine> ENGINES = Map.of(
            "cilium.io", NetworkPolicyEngine.Cilium,
            "crd.projectcalico.org", NetworkPolicyEngine.Calico,
            "projectcalico.org", NetworkPolicyEngine.Calico,
            "crd.antrea.io", NetworkPolicyEngine.Antrea,
            "k8s.ovn.org", NetworkPolicyEngine.OvnKubernetes,
            "networking.k8s.aws", NetworkPolicyEngine.AwsVpcCni);

    /** @param answers lists of kind APIGroupDiscoveryList, of {@code /api} and of {@code /apis} */
    static Optional<Discovery> of(Collection<JsonNode> answers) {
        if (!answers.stream().allMatch(it -> it.path("kind").asText().equals("APIGroupDiscoveryList"))) {
            return Optional.empty();
        }
        var kinds = new TreeMap<String, Set<String>>();
        answers.stream().flatMap(it -> elements(it, "items")).forEach(group -> elements(group, "versions")
                .forEach(version -> kinds.computeIfAbsent(apiVersion(group, version), _ -> new TreeSet<>())
                        .addAll(kinds(version))));
        return Optional.of(new Discovery(kinds));
    }

    private static String apiVersion(JsonNode group, JsonNode version) {
        var name = group.path("metadata").path("name").asText();
        return name.isEmpty()
                ? version.path("version").asText()
                : "%s/%s".formatted(name, version.path("version").asText());
    }

    private static List<String> kinds(JsonNode version) {
        return elements(version, "resources")
                .map(resource -> resource.path("responseKind").path("kind").asText())
                .filter(kind -> !kind.isEmpty())
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode node, String list) {
        return StreamSupport.stream(node.path(list).spliterator(), false);
    }

    boolean has(String apiVersion, String kind) {
        return kinds.getOrDefault(apiVersion, Set.of()).contains(kind);
    }

    boolean hasGroup(String group) {
        return kinds.keySet().stream().anyMatch(apiVersion -> apiVersion.startsWith(group + "/"));
    }

    /** Those that matter to us. */
    List<ServedApi> apis() {
        return kinds.entrySet().stream()
                .map(it -> new ServedApi(
                        it.getKey(),
                        it.getValue().stream()
                                .filter(kind -> matters(it.getKey(), kind))
                                .toList()))
                .filter(it -> !it.kinds().isEmpty())
                .toList();
    }

    private static boolean matters(String apiVersion, String kind) {
        return OF_OTHERS.stream().anyMatch(group -> apiVersion.startsWith(group + "/"))
                || Arrays.stream(Kind.values())
                        .anyMatch(ours -> ours.apiVersion().equals(apiVersion)
                                && ours.kind().equals(kind));
    }

    /** Two at once, as after a change from one to another, tell nothing. */
    NetworkPolicyEngine networkPolicyEngine() {
        var engines = ENGINES.entrySet().stream()
                .filter(it -> hasGroup(it.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        return engines.size() == 1 ? engines.getFirst() : NetworkPolicyEngine.Unknown;
    }
}
