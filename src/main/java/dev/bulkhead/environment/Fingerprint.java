package dev.bulkhead.environment;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether two environments are identical: the same plan gives the same fingerprint on any hub, whoever owns it.
 * Of a secret only where it is published and which keys it has, so that there is nothing to guess.
 */
final class Fingerprint {

    private static final String SECRET_VERSION = Ownership.SECRET_VERSION;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private final Digest digest = new Digest("bulkhead".getBytes(StandardCharsets.UTF_8));

    String of(Plan plan) {
        return digest.of(plan.byRef().values().stream().map(Fingerprint::shape).toList())
                .substring(0, 12);
    }

    private static Object shape(Entry entry) {
        return switch (entry) {
            case Entry.ObjectEntry object -> List.of(entry.ref().toString(), content(object.object()));
            case Entry.SecretEntry secret ->
                List.of(entry.ref().toString(), List.copyOf(new TreeMap<>(secret.sources()).keySet()));
        };
    }

    private static Object content(HasMetadata object) {
        var tree = JSON.convertValue(object, TREE);
        if (tree.get("metadata") instanceof Map<?, ?> metadata) {
            without(metadata.get("labels"), Ownership.HUB);
            without(metadata.get("annotations"), Ownership.UID);
        }
        // Each hub hashes secrets with its own key.
        without(at(tree, "spec", "template", "metadata", "annotations"), SECRET_VERSION);
        return tree;
    }

    private static Object at(Object tree, String... path) {
        var at = tree;
        for (var step : path) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    private static void without(Object map, String key) {
        if (map instanceof Map<?, ?> entries) {
            entries.remove(key);
        }
    }
}
