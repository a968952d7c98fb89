package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.vault.Shelf;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What other SecretScopes of its hub namespace let those of an environment use.
 *
 * @param lacking why what is claimed isn't granted
 */
public record Grants(Map<Ask, Grant> given, Map<Ask, Lack> lacking) {

    /** Where nobody claims anything. */
    public static final Grants NONE = new Grants(Map.of(), Map.of());

    /**
     * @param toScope the SecretScope that claims
     * @param scope the SecretScope that is claimed from
     */
    public record Ask(String toScope, String scope, String entry) {}

    public enum Lack {
        /** The SecretScope that is claimed from isn't there. */
        NOBODY,
        /** It says nothing of the claim. */
        NOT_GRANTED,
        /** It says so, and isn't in order. */
        NOT_IN_ORDER
    }

    public Grants {
        given = Map.copyOf(given);
        lacking = Map.copyOf(lacking);
    }

    /** @param claim an entry of type Granted of that SecretScope */
    public Optional<Grant> find(String toScope, SecretEntry claim) {
        return ask(toScope, claim).map(given::get);
    }

    public Optional<Lack> lack(String toScope, SecretEntry claim) {
        return ask(toScope, claim).map(lacking::get);
    }

    /** The same, with other versions of an environment's own entries. */
    public Grants with(EnvironmentId owner, Shelf shelf) {
        return new Grants(
                given.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                it -> it.getValue().owner().equals(owner)
                                        ? it.getValue().with(shelf)
                                        : it.getValue())),
                lacking);
    }

    public static Optional<Ask> ask(String toScope, SecretEntry claim) {
        return Optional.ofNullable(claim.granted()).map(it -> new Ask(toScope, it.scope(), it.entry()));
    }
}
