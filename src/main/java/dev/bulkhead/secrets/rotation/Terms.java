package dev.bulkhead.secrets.rotation;

import dev.bulkhead.api.v1alpha1.SecretType;
import java.time.Duration;

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
        boolean onLossRegenerates) {}
