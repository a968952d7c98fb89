package dev.bulkhead.mesh;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.secrets.vault.Vault;
import java.util.Map;
import java.util.function.Supplier;

/** What a mesh needs of the vault. */
public interface Versions {

    Shelf open(EnvironmentId id);

    void forget(EnvironmentId id);

    Journal store(Journal journal);

    VersionFacts put(
            EnvironmentId id, String entry, int version, String rotationId, String recipe, Supplier<Minted> make);

    void discard(EnvironmentId id, String entry, int version);

    Map<String, byte[]> read(EnvironmentId id, String entry, int version);

    static Versions in(Vault vault) {
        return new Versions() {
            @Override
            public Shelf open(EnvironmentId id) {
                return vault.open(id);
            }

            @Override
            public void forget(EnvironmentId id) {
                vault.forget(id);
            }

            @Override
            public Journal store(Journal journal) {
                return vault.store(journal);
            }

            @Override
            public VersionFacts put(
                    EnvironmentId id,
                    String entry,
                    int version,
                    String rotationId,
                    String recipe,
                    Supplier<Minted> make) {
                return vault.put(id, entry, version, rotationId, recipe, make);
            }

            @Override
            public void discard(EnvironmentId id, String entry, int version) {
                vault.discard(id, entry, version);
            }

            @Override
            public Map<String, byte[]> read(EnvironmentId id, String entry, int version) {
                return vault.read(id, entry, version);
            }
        };
    }
}
