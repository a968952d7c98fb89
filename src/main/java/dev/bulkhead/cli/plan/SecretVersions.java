package dev.bulkhead.cli.plan;

import dev.bulkhead.apply.Digest;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts the values of each secret key that were met: the first is version 1, another one version 2. So two sets of files
 * can be compared, and nothing that is shown tells anything about a value.
 */
public final class SecretVersions {

    private final Digest digest = new Digest(key());
    private final Map<String, Map<String, Integer>> met = new HashMap<>();

    private static byte[] key() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** Data key → version. */
    Map<String, String> of(Secret secret) {
        var versions = new TreeMap<String, String>();
        // As the API server does it, what is in plain text wins.
        Optional.ofNullable(secret.getData()).orElse(Map.of()).forEach((key, value) -> versions.put(key, "=" + value));
        Optional.ofNullable(secret.getStringData()).orElse(Map.of()).forEach(versions::put);
        versions.replaceAll((key, value) -> version(secret, key, value));
        return versions;
    }

    private String version(Secret secret, String key, String value) {
        var place = "%s/%s/%s"
                .formatted(
                        secret.getMetadata().getNamespace(),
                        secret.getMetadata().getName(),
                        key);
        var values = met.computeIfAbsent(place, _ -> new HashMap<>());
        var next = values.size() + 1;
        return String.valueOf(values.computeIfAbsent(digest.of(value), _ -> next));
    }
}
