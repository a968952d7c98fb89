package dev.bulkhead.secrets.vault;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.secrets.rotation.VersionFacts;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What stands on the things in a vault. Pure. */
public final class VaultLabels {

    public static final String ENTRY = "bulkhead.dev/entry";
    public static final String VERSION = "bulkhead.dev/version";

    static final String RECIPE = "bulkhead.dev/recipe";
    static final String ROTATION = "bulkhead.dev/rotation-id";
    static final String NOT_BEFORE = "bulkhead.dev/not-before";
    static final String NOT_AFTER = "bulkhead.dev/not-after";
    static final String ISSUER = "bulkhead.dev/issuer";

    private VaultLabels() {}

    /** Of the namespace, and of what is about no single environment. */
    static Map<String, String> ofVault(String hubId, String hubNamespace) {
        return Map.of(
                Ownership.MANAGED_BY,
                Ownership.MANAGER,
                Ownership.HUB,
                hubId,
                Ownership.HUB_NAMESPACE,
                hubNamespace,
                Ownership.VAULT,
                "true");
    }

    static Map<String, String> ofEnvironment(String hubId, EnvironmentId environment) {
        var labels = new TreeMap<>(ofVault(hubId, environment.namespace()));
        labels.put(Ownership.ENVIRONMENT, environment.name());
        return labels;
    }

    static Map<String, String> ofVersion(String hubId, EnvironmentId environment, String entry, int version) {
        var labels = new TreeMap<>(ofEnvironment(hubId, environment));
        labels.put(ENTRY, entry);
        labels.put(VERSION, Integer.toString(version));
        return labels;
    }

    /** What is known of a version beside its bytes. */
    static Map<String, String> annotations(
            String recipe, String rotationId, @Nullable Instant notBefore, @Nullable Instant notAfter, int issuer) {
        var annotations = new TreeMap<String, String>();
        annotations.put(RECIPE, recipe);
        annotations.put(ROTATION, rotationId);
        Optional.ofNullable(notBefore).ifPresent(it -> annotations.put(NOT_BEFORE, it.toString()));
        Optional.ofNullable(notAfter).ifPresent(it -> annotations.put(NOT_AFTER, it.toString()));
        if (issuer > 0) {
            annotations.put(ISSUER, Integer.toString(issuer));
        }
        return annotations;
    }

    static VersionFacts facts(ObjectMeta metadata) {
        var labels = Optional.ofNullable(metadata.getLabels()).orElse(Map.of());
        var annotations = Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of());
        try {
            return new VersionFacts(
                    Integer.parseInt(labels.getOrDefault(VERSION, "")),
                    metadata.getName(),
                    annotations.getOrDefault(ROTATION, ""),
                    annotations.getOrDefault(RECIPE, ""),
                    Instant.parse(metadata.getCreationTimestamp()),
                    time(annotations.get(NOT_BEFORE)),
                    time(annotations.get(NOT_AFTER)),
                    Integer.parseInt(annotations.getOrDefault(ISSUER, "0")));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new VaultRefused(
                    "Secret %s/%s has labels or annotations of a version that don't parse (%s). Restore it from the escrow, or delete it if it isn't ours"
                            .formatted(metadata.getNamespace(), metadata.getName(), e.getMessage()));
        }
    }

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
