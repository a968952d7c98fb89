package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.secrets.material.KeyRole;
import dev.bulkhead.secrets.material.Keys;
import dev.bulkhead.secrets.vault.Shelf;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An entry of another SecretScope, as far as whoever has it lets one use it. Pure.
 *
 * @param owner the environment in which it is made and rotated
 * @param keys those that may be used
 * @param entries all of the owner's
 */
public record Grant(EnvironmentId owner, KeptEntry entry, SortedSet<String> keys, Entries entries, Shelf shelf) {

    Grant with(Shelf other) {
        return new Grant(owner, entry, keys, entries, other);
    }

    /** Whether it has a version that is in use. */
    public boolean isThere() {
        return shelf.hasCurrent(entry.name());
    }

    /** Those of its keys that a template can take. */
    public SortedSet<String> inTemplates() {
        var taken = new TreeSet<>(keys);
        taken.retainAll(Keys.inTemplates(entry.entry()));
        return taken;
    }

    /** What its owner publishes of it, without what isn't granted. */
    Optional<SecretMaterial> material() {
        return new Materials(entries, shelf).of(entry).map(material -> {
            var granted = new TreeMap<>(material.keys());
            granted.keySet().retainAll(keys);
            return new SecretMaterial(
                    material.entry(), material.scope(), granted, material.version(), material.pointer());
        });
    }

    /** Where what its owner publishes of it is. */
    long pointer() {
        return new Materials(entries, shelf).pointer(entry);
    }

    SortedMap<String, KeyRole> roles() {
        var roles = new TreeMap<>(Keys.own(entry.entry()));
        roles.keySet().retainAll(keys);
        return roles;
    }

    /** The entries of the owner that are in it → where each is in the owner's journal. */
    SortedMap<String, Long> pointers() {
        return Offers.pointers(shelf, entry);
    }
}
