package dev.bulkhead.cli.plan;

import dev.bulkhead.api.v1alpha1.SecretKeyRef;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.cli.manifest.Manifests;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The Secrets of hub namespaces, of each key the version of its value.
 *
 * @param versions namespace → Secret → data key → version
 * @param assumed what nobody has shown, and is taken to be there
 */
public record KnownSecrets(Map<String, Map<String, Map<String, String>>> versions, List<Assumed> assumed) {

    private static final String ASSUMED = "1";

    /** A key that a SecretScope needs, of a Secret that isn't in the files, as it had better not be. */
    record Assumed(String namespace, SecretKeyRef ref) {}

    /** Those that are declared, and no others. */
    public static KnownSecrets exactly(Manifests manifests, Function<Secret, Map<String, String>> version) {
        var versions = new HashMap<String, Map<String, Map<String, String>>>();
        manifests.resources(Secret.class).forEach(it -> versions.computeIfAbsent(
                        it.getMetadata().getNamespace(), _ -> new HashMap<>())
                .put(it.getMetadata().getName(), version.apply(it)));
        return new KnownSecrets(versions, List.of());
    }

    /** Those that are declared, and what somebody needs of others. */
    static KnownSecrets assuming(Manifests manifests, Function<Secret, Map<String, String>> version) {
        var written = exactly(manifests, version).versions();
        var assumed = manifests.resources(SecretScope.class).stream()
                .flatMap(scope -> scope.getSpec().entries().stream()
                        .map(it -> it.from())
                        .filter(Objects::nonNull)
                        .map(it -> new Assumed(scope.getMetadata().getNamespace(), it.secretRef())))
                .filter(it -> !written.getOrDefault(it.namespace(), Map.of())
                        .containsKey(it.ref().name()))
                .distinct()
                .toList();
        assumed.forEach(it -> written.computeIfAbsent(it.namespace(), _ -> new HashMap<>())
                .computeIfAbsent(it.ref().name(), _ -> new TreeMap<>())
                .put(it.ref().key(), ASSUMED));
        return new KnownSecrets(written, assumed);
    }

    Map<String, Map<String, String>> in(String namespace) {
        return versions.getOrDefault(namespace, Map.of());
    }
}
