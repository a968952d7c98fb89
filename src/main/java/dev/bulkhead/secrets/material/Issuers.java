package dev.bulkhead.secrets.material;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretType;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who signs whom among the entries of an environment.
 *
 * @param entries an entry by its name
 */
public record Issuers(Function<String, Optional<SecretEntry>> entries) {

    /** The CA entry that an entry names as its issuer, whether it is there or not. */
    public static Optional<String> of(SecretEntry entry) {
        return switch (entry.type()) {
            case CA -> Optional.ofNullable(entry.ca()).map(it -> it.issuer());
            case TLS -> Optional.ofNullable(entry.tls()).map(it -> it.issuer());
            default -> Optional.empty();
        };
    }

    /**
     * The CA at the top, whose certificates those must have who check the entry; a CA without an issuer is its own. Empty
     * when one on the way isn't there or is no CA, or when there is no top.
     */
    public Optional<SecretEntry> root(SecretEntry entry) {
        var seen = new HashSet<String>();
        var at = Optional.of(entry);
        while (at.isPresent() && seen.add(at.get().name())) {
            var issuer = of(at.get());
            if (issuer.isEmpty()) {
                return at.filter(it -> it.type() == SecretType.CA);
            }
            at = issuer.flatMap(entries).filter(it -> it.type() == SecretType.CA);
        }
        return Optional.empty();
    }

    /** Whether who goes up from there comes back to where they were. */
    public boolean circles(String entry) {
        var seen = new HashSet<String>();
        var at = Optional.of(entry);
        while (at.isPresent()) {
            if (!seen.add(at.get())) {
                return true;
            }
            at = at.flatMap(entries).flatMap(Issuers::of);
        }
        return false;
    }
}
