package dev.bulkhead.secrets.report;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.secrets.rotation.Line;
import org.jspecify.annotations.Nullable;

/**
 * An entry that Operations may be about.
 *
 * @param elsewhere where it is rotated, if not here; else empty
 * @param line where it is; null while it has no version, and if it isn't rotated here
 */
public record Subject(String elsewhere, @Nullable Line line) {

    public static Subject of(SecretEntry entry, @Nullable Line line) {
        var elsewhere =
                switch (entry.type()) {
                    case Static ->
                        "it is Static. Change Secret %s that it comes from, and it follows".formatted(source(entry));
                    case External -> "it is External. Change it in the store that it comes from";
                    case Granted -> "it is granted by SecretScope %s. Have it rotated there".formatted(owner(entry));
                    case TLS ->
                        entry.tls() != null && entry.tls().certManager() != null
                                ? "it is made by cert-manager. Have it renewed there"
                                : "";
                    case Password, Token, UUID, HMACKey, SSHKey, KeyPair, BasicAuth, CA -> "";
                };
        return new Subject(elsewhere, elsewhere.isEmpty() ? line : null);
    }

    private static String owner(SecretEntry entry) {
        return entry.granted() == null ? "" : entry.granted().scope();
    }

    private static String source(SecretEntry entry) {
        return entry.from() == null ? "" : entry.from().secretRef().name();
    }
}
