package dev.bulkhead.apply;

import java.util.Set;

/**
 * What somebody has allowed to go that otherwise would stay.
 *
 * @param namespaces target namespaces that may go with the volume claims in them
 */
public record Consent(Set<String> namespaces) {

    public static final Consent NONE = new Consent(Set.of());

    public Consent {
        namespaces = Set.copyOf(namespaces);
    }
}
