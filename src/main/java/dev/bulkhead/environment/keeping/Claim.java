package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.Entry.Source.Copy;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.Blueprint.PublishedKey;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.secrets.vault.VaultNames;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An entry that another SecretScope grants, under its name here. Pure.
 *
 * @param scope the SecretScope that claims it
 * @param reloadAfter how long a pod's files may take that is told to read them again
 */
public record Claim(String scope, String name, String reloadAfter, Grant grant) {

    /** What is published of it here: what the owner publishes, key by key. Empty while the owner has no version in use. */
    public Optional<SecretMaterial> material() {
        return grant.material()
                .map(it -> new SecretMaterial(
                        name,
                        scope,
                        it.keys().entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, key -> told(key.getValue()))),
                        it.version(),
                        it.pointer()));
    }

    /** Of another owner the same word is another value. */
    private PublishedKey told(PublishedKey key) {
        return new PublishedKey(
                key.source(),
                "%s/%s %s".formatted(grant.owner().name(), grant.entry().name(), key.word()));
    }

    /** What was published and can't be read any more: planned all the same, so that it isn't taken away. */
    public SecretMaterial lost(String version) {
        var vault = VaultNames.namespace(grant.owner().namespace());
        var secret = VaultNames.lost(grant.owner(), grant.entry().name(), 0);
        return new SecretMaterial(
                name,
                scope,
                grant.keys().stream()
                        .collect(Collectors.toMap(
                                Function.identity(), key -> new PublishedKey(new Copy(vault, secret, key), ""))),
                version,
                0);
    }

    long pointer() {
        return grant.isThere() ? grant.pointer() : Long.MAX_VALUE;
    }

    Claimed by(EnvironmentId claimant) {
        return new Claimed(grant.owner(), grant.entry().name(), claimant, name);
    }
}
