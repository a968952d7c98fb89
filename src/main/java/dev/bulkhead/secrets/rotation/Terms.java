package dev.bulkhead.secrets.rotation;

import dev.bulkhead.api.v1alpha1.Hooks;
import dev.bulkhead.api.v1alpha1.OnLoss;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScopeSpec;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.api.v1alpha1.Span;
import java.time.Duration;
import java.util.Objects;

/**
 * What the specification says of an entry, with all defaults in place.
 *
 * @param key who the entry is, on every hub: hub id, hub namespace, environment and entry. What is worked out by hash is
 *     worked out from it
 * @param recipe a hash of what the value is made from; another one makes a rotation due. Unused for Static
 * @param drain for how long the version before stays accepted when nobody uses it any more
 * @param alternates two users take turns, one for the odd versions and one for the even: the next version always
 *     belongs to the one who isn't in use, so ordinals may be left out
 * @param issued a CA entry signs it
 */
public record Terms(
        String key,
        String entry,
        SecretType type,
        String recipe,
        Timing timing,
        Duration drain,
        boolean alternates,
        boolean issued,
        Trust trust,
        boolean installs,
        boolean verifies,
        boolean revokes,
        boolean onLossRegenerates) {

    private static final Hooks NO_HOOKS = new Hooks(null, null, null, null);

    /** @throws IllegalArgumentException with a message for people, when its times can't be read */
    public static Terms of(String key, SecretEntry entry, SecretScopeSpec scope, String recipe) {
        var hooks = Objects.requireNonNullElse(entry.hooks(), NO_HOOKS);
        var drain = Objects.requireNonNullElse(entry.drain(), scope.drain());
        return new Terms(
                key,
                entry.name(),
                entry.type(),
                recipe,
                Timings.of(entry, scope),
                Span.of(drain.atLeast()),
                !entry.users().isEmpty(),
                isIssued(entry),
                trust(entry),
                hooks.install() != null,
                hooks.verify() != null,
                hooks.revoke() != null,
                scope.onLoss() == OnLoss.Regenerate);
    }

    private static boolean isIssued(SecretEntry entry) {
        return entry.tls() != null && entry.tls().issuer() != null
                || entry.ca() != null && entry.ca().issuer() != null;
    }

    private static Trust trust(SecretEntry entry) {
        if (entry.ca() == null) {
            return Trust.NO_CA;
        }
        return switch (entry.ca().mode()) {
            case CrossSign -> Trust.CROSS_SIGN;
            case TrustBoth -> Trust.TRUST_BOTH;
        };
    }
}
