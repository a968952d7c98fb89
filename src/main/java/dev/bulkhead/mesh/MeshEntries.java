package dev.bulkhead.mesh;

import dev.bulkhead.api.v1alpha1.CaMode;
import dev.bulkhead.api.v1alpha1.CaSettings;
import dev.bulkhead.api.v1alpha1.CertificateAlgorithm;
import dev.bulkhead.api.v1alpha1.MeshIdentity;
import dev.bulkhead.api.v1alpha1.Reference;
import dev.bulkhead.api.v1alpha1.Schedule;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScopeSpec;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.api.v1alpha1.Span;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.material.Recipe;
import dev.bulkhead.secrets.rotation.Terms;
import dev.bulkhead.secrets.vault.VaultNames;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a TargetCluster says of its mesh, as two entries: a CA, and one below it. Pure.
 *
 * @param id where their versions are, in the vault of the operator's own namespace
 */
record MeshEntries(EnvironmentId id, SecretEntry anchor, SecretEntry issuer, Map<String, Terms> terms) {

    static final String ANCHOR = "trust-anchor";
    static final String ISSUER = "issuer";

    /** Linkerd takes no other kind of key for its issuer. */
    private static final CertificateAlgorithm ALGORITHM = CertificateAlgorithm.P256;

    /** @throws IllegalArgumentException with a message for people, when its times can't be read or can't be kept */
    static MeshEntries of(String hubId, String namespace, String cluster, MeshIdentity spec) {
        var id = new EnvironmentId(namespace, VaultNames.mesh(cluster));
        if (Span.of(spec.trustAnchor().validity())
                        .compareTo(Span.of(spec.issuer().validity()).multipliedBy(2))
                < 0) {
            throw new IllegalArgumentException(
                    "spec.meshIdentity.trustAnchor.validity %s is less than twice the issuer's, %s: the issuer would outlive what vouches for it. Raise one or lower the other"
                            .formatted(
                                    spec.trustAnchor().validity(), spec.issuer().validity()));
        }
        var anchor = entry(
                ANCHOR,
                new CaSettings(
                        CaMode.CrossSign,
                        spec.trustAnchor().validity(),
                        spec.trustAnchor().renewAt(),
                        "root.linkerd.cluster.local",
                        ALGORITHM,
                        null),
                spec.trustAnchor().schedule());
        var issuer = entry(
                ISSUER,
                new CaSettings(
                        CaMode.CrossSign,
                        spec.issuer().validity(),
                        spec.issuer().renewAt(),
                        "identity.linkerd.cluster.local",
                        ALGORITHM,
                        ANCHOR),
                spec.issuer().schedule());
        var scope = new SecretScopeSpec(
                new Reference(id.name()),
                List.of(anchor, issuer),
                List.of(),
                spec.windows(),
                spec.drain(),
                null,
                null,
                null);
        return new MeshEntries(
                id,
                anchor,
                issuer,
                Map.of(ANCHOR, terms(hubId, id, anchor, scope), ISSUER, terms(hubId, id, issuer, scope)));
    }

    private static SecretEntry entry(String name, CaSettings settings, @Nullable Schedule schedule) {
        return new SecretEntry(
                name,
                SecretType.CA,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                settings,
                null,
                null,
                null,
                List.of(),
                schedule,
                null,
                null,
                Map.of());
    }

    private static Terms terms(String hubId, EnvironmentId id, SecretEntry entry, SecretScopeSpec scope) {
        return Terms.of("%s/%s/%s".formatted(hubId, id, entry.name()), entry, scope, Recipe.of(entry));
    }

    List<SecretEntry> all() {
        return List.of(anchor, issuer);
    }
}
