package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a version in the vault; never its value.
 *
 * @param secret the Secret that holds it
 * @param recipe what it was made from, as a hash; of a Static entry the keyed hash of the source
 * @param issuer the version of the CA that signed it; 0 when none did
 */
public record VersionFacts(
        int ordinal,
        String secret,
        String rotationId,
        String recipe,
        Instant made,
        @Nullable Instant notBefore,
        @Nullable Instant notAfter,
        int issuer) {}
