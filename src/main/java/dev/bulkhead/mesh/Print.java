package dev.bulkhead.mesh;

import dev.bulkhead.secrets.material.Keys;
import dev.bulkhead.secrets.pki.Fingerprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The fingerprints of a version.
 *
 * @param own of its certificate
 * @param bridge of the same key as the version before certified it
 */
record Print(String own, Optional<String> bridge) {

    static Print of(Map<String, byte[]> data) {
        return new Print(
                Fingerprint.of(data.get(Keys.TLS_CRT)).getFirst(),
                Optional.ofNullable(data.get(Keys.BRIDGE_CRT))
                        .map(it -> Fingerprint.of(it).getFirst()));
    }

    /** Of an issuer, and of the anchor whose bridge goes with it. */
    List<String> chain(Optional<Print> bridged) {
        return Stream.concat(Stream.of(own), bridged.flatMap(Print::bridge).stream())
                .toList();
    }
}
