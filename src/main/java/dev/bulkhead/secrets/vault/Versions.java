package dev.bulkhead.secrets.vault;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.rotation.VersionFacts;
import java.util.Map;
import java.util.function.Supplier;

/** The versions of secrets, and how far each entry is: what {@link Vault} keeps. */
public interface Versions {

    Shelf open(EnvironmentId id);

    void forget(EnvironmentId id);

    Journal store(Journal journal);

    VersionFacts put(
            EnvironmentId id, String entry, int version, String rotationId, String recipe, Supplier<Minted> make);

    void discard(EnvironmentId id, String entry, int version);

    Map<String, byte[]> read(EnvironmentId id, String entry, int version);
}
