package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.CaMode;
import dev.bulkhead.api.v1alpha1.DeletionPolicy;
import dev.bulkhead.api.v1alpha1.OnLoss;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScopeSpec;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.api.v1alpha1.Span;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.material.Issuers;
import dev.bulkhead.secrets.material.Recipe;
import dev.bulkhead.secrets.rotation.Terms;
import dev.bulkhead.secrets.rotation.Timings;
import dev.bulkhead.secrets.rotation.Trust;
import java.util.Objects;
import java.util.Optional;

/**
 * An entry that is made and rotated here, and so has versions.
 *
 * @param scope the name of the SecretScope that it is in
 * @param anchor whose versions the bundle is made of that it is checked with: of a certificate the CA at the top
 */
public record KeptEntry(String scope, SecretScopeSpec spec, SecretEntry entry, String anchor) {

    /** Whether we make it; what comes from elsewhere has no versions here. */
    public static boolean isKept(SecretEntry entry) {
        return entry.type() != SecretType.Static && entry.type() != SecretType.Granted && !entry.broughtByOthers();
    }

    /** Whether its values go with it. */
    boolean isDisposable() {
        return spec.onDelete() == DeletionPolicy.Delete;
    }

    public String name() {
        return entry.name();
    }

    /** The CA entry that signs it, if one does. */
    public Optional<String> issuer() {
        return Issuers.of(entry);
    }

    public Terms terms(String hubId, EnvironmentId environment) {
        var hooks = entry.hooks();
        return new Terms(
                "%s/%s/%s".formatted(hubId, environment, name()),
                name(),
                entry.type(),
                Recipe.of(entry),
                Timings.of(entry, spec),
                Span.of(Objects.requireNonNullElse(entry.drain(), spec.drain()).atLeast()),
                !entry.users().isEmpty(),
                issuer().isPresent(),
                trust(),
                hooks != null && hooks.install() != null,
                hooks != null && hooks.verify() != null,
                hooks != null && hooks.revoke() != null,
                spec.onLoss() == OnLoss.Regenerate);
    }

    private Trust trust() {
        if (entry.ca() == null) {
            return Trust.NO_CA;
        }
        return entry.ca().mode() == CaMode.TrustBoth ? Trust.TRUST_BOTH : Trust.CROSS_SIGN;
    }
}
