package dev.bulkhead.faults.crash;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * One version of a Secret, as a watch showed it.
 *
 * @param at its resource version
 * @param entry of a version in a vault; empty for what is published
 * @param data base64, as it came
 */
record SeenSecret(
        long at, boolean gone, String namespace, String name, String entry, String version, Map<String, String> data) {

    static SeenSecret of(Secret secret, boolean gone) {
        var metadata = secret.getMetadata();
        var labels = Optional.ofNullable(metadata.getLabels()).orElse(Map.of());
        return new SeenSecret(
                Long.parseLong(metadata.getResourceVersion()),
                gone,
                metadata.getNamespace(),
                metadata.getName(),
                isVault(metadata.getNamespace()) ? labels.getOrDefault("bulkhead.dev/entry", "") : "",
                labels.getOrDefault("bulkhead.dev/version", ""),
                Optional.ofNullable(secret.getData()).orElse(Map.of()));
    }

    private static boolean isVault(String namespace) {
        return namespace.startsWith("bulkhead-vault-");
    }

    String hub() {
        return Hubs.of(namespace);
    }

    boolean isKept() {
        return !entry.isEmpty();
    }

    boolean isPublished() {
        return !isVault(namespace) && namespace.contains("-");
    }

    String key() {
        return "%s/%s".formatted(namespace, name);
    }
}
