package dev.bulkhead.mesh;

import dev.bulkhead.api.v1alpha1.MeshAnchorSource;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.material.Ingredients;
import dev.bulkhead.secrets.material.Keys;
import dev.bulkhead.secrets.material.Mint;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.material.Recipe;
import dev.bulkhead.secrets.pki.Pem;
import dev.bulkhead.secrets.rotation.Action;
import dev.bulkhead.secrets.rotation.Decision;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.secrets.vault.Versions;
import dev.bulkhead.status.Reason;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The versions of a mesh's anchor and issuer: makes them, lets them go, and reads what is published of them. */
public final class MeshVault {

    /** The Secret that somebody gives us. */
    @FunctionalInterface
    public interface Given {

        /** Its bytes, which the caller wipes; nothing if it isn't there. */
        Optional<Map<String, byte[]>> read(String namespace, String name);
    }

    private final Versions vault;
    private final Given given;
    private final SecureRandom random;
    private final Clock clock;
    private final Mint mint = new Mint();

    /** By the name of a version's Secret, which denotes the same bytes for ever. */
    private final Map<String, Print> known = new ConcurrentHashMap<>();

    public MeshVault(Versions vault, Given given, SecureRandom random, Clock clock) {
        this.vault = vault;
        this.given = given;
        this.random = random;
        this.clock = clock;
    }

    Shelf open(EnvironmentId id) {
        return vault.open(id);
    }

    /** Read it anew: somebody may have been at it. */
    void forget(EnvironmentId id) {
        vault.forget(id);
    }

    void store(Journal journal) {
        vault.store(journal);
    }

    Prints prints(EnvironmentId id, Shelf shelf) {
        return new Prints(prints(id, shelf, MeshEntries.ANCHOR), prints(id, shelf, MeshEntries.ISSUER));
    }

    private Map<Integer, Print> prints(EnvironmentId id, Shelf shelf, String entry) {
        var prints = new HashMap<Integer, Print>();
        shelf.of(entry)
                .forEach((ordinal, facts) ->
                        prints.put(ordinal, known.computeIfAbsent(facts.secret(), _ -> print(id, entry, ordinal))));
        return prints;
    }

    private Print print(EnvironmentId id, String entry, int ordinal) {
        var data = vault.read(id, entry, ordinal);
        try {
            return Print.of(data);
        } finally {
            Minted.wipe(data);
        }
    }

    /** Of the anchor that somebody gives us; nothing if nobody does. */
    Optional<List<String>> given(EnvironmentId id, Optional<MeshAnchorSource> from) {
        return from.map(it -> {
            var data = secret(id, it);
            try {
                return LinkerdText.prints(data.getOrDefault(Keys.TLS_CRT, new byte[0]));
            } finally {
                Minted.wipe(data);
            }
        });
    }

    private Map<String, byte[]> secret(EnvironmentId id, MeshAnchorSource from) {
        var name = from.secretRef().name();
        return given.read(id.namespace(), name)
                .orElseThrow(() -> new MeshRefused(
                        Reason.WaitingForSecret,
                        "Secret %s/%s, which spec.meshIdentity.from names, isn't there"
                                .formatted(id.namespace(), name)));
    }

    /** @return whether there was anything to do */
    boolean act(MeshEntries entries, Optional<MeshAnchorSource> from, Map<String, Decision> decisions) {
        var done = false;
        for (var entry : entries.all()) {
            for (var action : decisions.get(entry.name()).actions()) {
                switch (action) {
                    case Action.Discard discard -> vault.discard(entries.id(), entry.name(), discard.version());
                    case Action.Mint wanted ->
                        vault.put(
                                entries.id(),
                                entry.name(),
                                wanted.version(),
                                wanted.rotationId(),
                                Recipe.of(entry),
                                () -> make(entries.id(), entry, from, wanted.version()));
                }
                done = true;
            }
        }
        return done;
    }

    private Minted make(EnvironmentId id, SecretEntry entry, Optional<MeshAnchorSource> from, int version) {
        var anchor =
                vault.open(id).line(MeshEntries.ANCHOR).map(it -> it.current()).orElse(0);
        if (anchor == 0) {
            return from.map(it -> imported(id, it))
                    .orElseGet(() -> mint.make(entry, with(version, Map.of(), 0, entry)));
        }
        var data = vault.read(id, MeshEntries.ANCHOR, anchor);
        try {
            return mint.make(entry, with(version, data, anchor, entry));
        } finally {
            Minted.wipe(data);
        }
    }

    private Minted imported(EnvironmentId id, MeshAnchorSource from) {
        var data = secret(id, from);
        try {
            return AnchorImport.of(id.namespace() + "/" + from.secretRef().name(), data, clock.instant());
        } finally {
            Minted.wipe(data);
        }
    }

    /** The anchor that there is signs an issuer, and vouches for the next anchor. */
    private Ingredients with(int version, Map<String, byte[]> anchor, int ordinal, SecretEntry entry) {
        var isIssuer = entry.name().equals(MeshEntries.ISSUER);
        var there = Optional.of(anchor).filter(it -> !it.isEmpty());
        return new Ingredients(
                clock.instant(),
                version,
                random,
                there.filter(_ -> isIssuer).map(it -> new Ingredients.Issuer(ordinal, it)),
                there.filter(_ -> !isIssuer));
    }

    byte[] anchors(EnvironmentId id, int version) {
        var data = vault.read(id, MeshEntries.ANCHOR, version);
        try {
            return data.get(Keys.TLS_CRT).clone();
        } finally {
            Minted.wipe(data);
        }
    }

    /** What the issuer's Secret holds. The caller wipes it. */
    Map<String, byte[]> issuer(EnvironmentId id, Publication publication) {
        var issuer = vault.read(id, MeshEntries.ISSUER, publication.issuer());
        var anchor = vault.read(id, MeshEntries.ANCHOR, publication.signer());
        try {
            var chain = new ByteArrayOutputStream();
            chain.writeBytes(Pem.first(issuer.get(Keys.TLS_CRT)));
            if (publication.bridge() != 0) {
                chain.writeBytes(anchor.getOrDefault(Keys.BRIDGE_CRT, new byte[0]));
            }
            var published = new TreeMap<String, byte[]>();
            published.put(Keys.TLS_CRT, chain.toByteArray());
            published.put(Keys.TLS_KEY, Pem.sec1(issuer.get(Keys.TLS_KEY)));
            published.put(Keys.CA_CRT, anchor.get(Keys.TLS_CRT).clone());
            return published;
        } finally {
            Minted.wipe(issuer);
            Minted.wipe(anchor);
        }
    }
}
