package dev.bulkhead.secrets.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cluster.capability.Raw;
import dev.bulkhead.secrets.rotation.VersionFacts;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which versions there are, by the metadata of their Secrets. */
final class Catalogue {

    private static final String SECRETS = "/api/v1/namespaces/%s/secrets";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Raw raw;
    private final String hubId;

    Catalogue(KubernetesClient client, String hubId) {
        this.raw = new Raw(client);
        this.hubId = hubId;
    }

    /** Entry → ordinal → version. */
    Map<String, SortedMap<Integer, VersionFacts>> of(EnvironmentId environment) {
        var all = new TreeMap<String, SortedMap<Integer, VersionFacts>>();
        for (var metadata : list(environment)) {
            var entry = metadata.getLabels().getOrDefault(VaultLabels.ENTRY, "");
            var facts = VaultLabels.facts(metadata);
            var twin = all.computeIfAbsent(entry, _ -> new TreeMap<>()).put(facts.ordinal(), facts);
            if (twin != null) {
                throw new VaultRefused(
                        "Secrets %s and %s in namespace %s both say that they are version %d of %s. One was not made by us: delete it"
                                .formatted(
                                        twin.secret(),
                                        facts.secret(),
                                        metadata.getNamespace(),
                                        facts.ordinal(),
                                        entry));
            }
        }
        all.replaceAll((_, versions) -> Collections.unmodifiableSortedMap(versions));
        return Collections.unmodifiableMap(all);
    }

    /** The names of all Secrets of an environment. */
    List<String> names(EnvironmentId environment) {
        return list(environment).stream().map(ObjectMeta::getName).toList();
    }

    private List<ObjectMeta> list(EnvironmentId environment) {
        var selector = VaultLabels.ofEnvironment(hubId, environment).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        var answer = raw.allMetadata(SECRETS.formatted(VaultNames.namespace(environment.namespace()))
                + "?labelSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8));
        var found = new ArrayList<ObjectMeta>();
        answer.path("items").forEach(it -> found.add(metadata(it)));
        return found;
    }

    ObjectMeta get(EnvironmentId environment, String name) {
        return metadata(raw.metadata(SECRETS.formatted(VaultNames.namespace(environment.namespace())) + "/" + name));
    }

    private static ObjectMeta metadata(JsonNode object) {
        try {
            return JSON.treeToValue(object.path("metadata"), ObjectMeta.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The API server's metadata of a Secret doesn't parse", e);
        }
    }
}
