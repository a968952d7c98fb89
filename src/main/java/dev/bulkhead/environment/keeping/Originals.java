package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.SecretSource;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.Entry.Source.Copy;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.SecretReader;
import dev.bulkhead.apply.SecretReader.SecretMissing;
import dev.bulkhead.secrets.material.Keys;
import dev.bulkhead.secrets.material.Minted;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The Secrets of hub namespaces that Static entries are copied from, byte for byte. Nothing of them is kept. */
public final class Originals {

    private final SecretReader reader;
    private final Digest digest;

    /** @param digest by which the Secrets of the hub are known */
    public Originals(SecretReader reader, Digest digest) {
        this.reader = reader;
        this.digest = digest;
    }

    /**
     * @param hash what it has to be, as it was when a version of it was decided on
     * @return nothing when it is something else by now, or gone
     */
    Optional<Minted> read(EnvironmentId id, KeptEntry entry, String hash) {
        return Optional.ofNullable(entry.entry().from())
                .flatMap(from -> encoded(id, from))
                .filter(value -> digest.of(value).equals(hash))
                .map(value -> new Minted(Map.of(Keys.VALUE, Base64.getDecoder().decode(value)), null, null, 0));
    }

    private Optional<String> encoded(EnvironmentId id, SecretSource from) {
        var copy = new Copy(
                id.namespace(), from.secretRef().name(), from.secretRef().key());
        try {
            return Optional.of(
                    reader.read(id.namespace(), Map.of(Keys.VALUE, copy)).get(Keys.VALUE));
        } catch (SecretMissing e) {
            return Optional.empty();
        }
    }
}
