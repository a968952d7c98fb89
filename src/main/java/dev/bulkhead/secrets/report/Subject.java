package dev.bulkhead.secrets.report;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.vault.Shelf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry that Operations may be about.
 *
 * @param elsewhere where it is rotated, if not here; else empty
 * @param original the Secret that it is copied from, if it is; else empty
 * @param isReplaced whether that holds another value than the newest version
 * @param line where it is; null while it has no version, and if it isn't rotated here
 */
public record Subject(
        String elsewhere,
        String original,
        boolean isReplaced,
        @Nullable Line line) {

    /** @param source the keyed hash of what it is copied from, if it is and that is there */
    public static Subject of(SecretEntry entry, Shelf shelf, Optional<String> source) {
        var line = shelf.journal().lines().get(entry.name());
        var elsewhere =
                switch (entry.type()) {
                    case External -> "it is External. Change it in the store that it comes from";
                    case Granted -> "it is granted by SecretScope %s. Have it rotated there".formatted(owner(entry));
                    case TLS ->
                        entry.tls() != null && entry.tls().certManager() != null
                                ? "it is made by cert-manager. Have it renewed there"
                                : "";
                    case Password, Token, UUID, HMACKey, SSHKey, KeyPair, BasicAuth, CA, Static -> "";
                };
        return new Subject(
                elsewhere,
                original(entry),
                line != null
                        && source.filter(it -> isNew(it, line, entry, shelf)).isPresent(),
                elsewhere.isEmpty() ? line : null);
    }

    private static String owner(SecretEntry entry) {
        return entry.granted() == null ? "" : entry.granted().scope();
    }

    private static String original(SecretEntry entry) {
        return entry.type() == SecretType.Static && entry.from() != null
                ? entry.from().secretRef().name()
                : "";
    }

    private static boolean isNew(String source, Line line, SecretEntry entry, Shelf shelf) {
        var newest = line.pending() != 0 ? line.pending() : line.current();
        return shelf.find(entry.name(), newest)
                .filter(it -> !it.recipe().equals(source))
                .isPresent();
    }

    boolean isCopied() {
        return !original.isEmpty();
    }

    /** Whether there is a value that is still good, and isn't the one to stay. */
    boolean hasAnother() {
        return line != null && (line.pending() != 0 || line.previous() != 0);
    }

    boolean isLost() {
        return line != null && line.phase() == Phase.Lost;
    }
}
