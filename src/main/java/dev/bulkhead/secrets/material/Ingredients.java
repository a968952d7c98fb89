package dev.bulkhead.secrets.material;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a new version is made with.
 *
 * @param version its number; two users take turns by it, and a CA is named after it
 * @param issuer the CA that signs it, for a certificate that doesn't sign itself
 * @param before the data of the version of this CA before it, which vouches for the new one
 */
public record Ingredients(
        Instant now, int version, SecureRandom random, Optional<Issuer> issuer, Optional<Map<String, byte[]>> before) {

    /** @param version the CA entry's version; @param data that version's data, its key included */
    public record Issuer(int version, Map<String, byte[]> data) {}
}
