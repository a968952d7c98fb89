package dev.bulkhead.secrets.material;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one version. Whoever asked for it overwrites them when they are stored.
 *
 * @param notBefore from when its certificate is good, where it has one
 * @param notAfter until when
 * @param issuer the version of the CA entry that signed it; 0: none
 */
public record Minted(
        Map<String, byte[]> data,
        @Nullable Instant notBefore,
        @Nullable Instant notAfter,
        int issuer) {

    static Minted of(Map<String, byte[]> data) {
        return new Minted(data, null, null, 0);
    }

    /** Overwrites the bytes. */
    public void wipe() {
        wipe(data);
    }

    /** Overwrites the bytes of a version that was read. */
    public static void wipe(Map<String, byte[]> data) {
        data.values().forEach(bytes -> Arrays.fill(bytes, (byte) 0));
    }

    /** Whose names and sizes may be seen, and nothing more. */
    @Override
    public String toString() {
        return "Minted" + data.keySet();
    }
}
