package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Parallel;
import dev.bulkhead.apply.SecretReader.SecretMissing;
import dev.bulkhead.secrets.material.Ingredients;
import dev.bulkhead.secrets.material.Ingredients.Issuer;
import dev.bulkhead.secrets.material.Mint;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.material.Recipe;
import dev.bulkhead.secrets.rotation.Action;
import dev.bulkhead.secrets.rotation.Decision;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.secrets.vault.Vault;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Makes and discards versions in the vault. */
public final class Minting {

    private final Vault vault;
    private final Originals originals;
    private final Mint mint = new Mint();
    private final SecureRandom random;
    private final Parallel parallel;
    private final Clock clock;

    public Minting(Vault vault, Originals originals, SecureRandom random, Parallel parallel, Clock clock) {
        this.vault = vault;
        this.originals = originals;
        this.random = random;
        this.parallel = parallel;
        this.clock = clock;
    }

    /**
     * @param sources entry → the keyed hash of what it comes from
     * @return entry → what kept a version of it from being made
     */
    Map<String, String> act(
            EnvironmentId id,
            Entries entries,
            Shelf shelf,
            Map<String, Decision> decisions,
            Map<String, String> sources) {
        var problems = new TreeMap<String, String>();
        parallel.all(decisions.entrySet().stream()
                        .filter(it -> !it.getValue().actions().isEmpty())
                        .<Callable<Optional<Problem>>>map(it -> () -> act(
                                id, entries, shelf, it.getKey(), it.getValue(), sources.getOrDefault(it.getKey(), "")))
                        .toList())
                .forEach(problem -> problem.ifPresent(it -> problems.put(it.entry(), it.message())));
        return problems;
    }

    private record Problem(String entry, String message) {}

    private Optional<Problem> act(
            EnvironmentId id, Entries entries, Shelf shelf, String name, Decision decision, String source) {
        for (var action : decision.actions()) {
            switch (action) {
                case Action.Discard discard -> vault.discard(id, name, discard.version());
                case Action.Mint wanted -> {
                    var entry = entries.kept().get(name);
                    if (entry.isCopied()) {
                        return copied(id, entry, wanted, source);
                    }
                    var ingredients = new Pantry(id, entry, shelf, decision.line());
                    try {
                        vault.put(
                                id,
                                name,
                                wanted.version(),
                                wanted.rotationId(),
                                Recipe.of(entry.entry()),
                                () -> ingredients.make(wanted.version()));
                    } catch (IllegalArgumentException | SecretMissing e) {
                        // Such as a CA that has ended. Whoever waits for it mustn't keep it from getting its next
                        // version.
                        return Optional.of(new Problem(name, String.valueOf(e.getMessage())));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Problem> copied(EnvironmentId id, KeptEntry entry, Action.Mint wanted, String source) {
        var original = originals.read(id, entry, source);
        original.ifPresent(it -> vault.put(id, entry.name(), wanted.version(), wanted.rotationId(), source, () -> it));
        original.ifPresent(Minted::wipe);
        return original.isPresent()
                ? Optional.empty()
                : Optional.of(new Problem(
                        entry.name(), "the Secret that it comes from is being changed, and is read again in a moment"));
    }

    /** Where what a new version is made with comes from. */
    private record Source(String entry, int version) {}

    /** What one new version is made with. */
    private final class Pantry {

        private final EnvironmentId id;
        private final KeptEntry entry;
        private final Shelf shelf;
        private final Line line;

        Pantry(EnvironmentId id, KeptEntry entry, Shelf shelf, Line line) {
            this.id = id;
            this.entry = entry;
            this.shelf = shelf;
            this.line = line;
        }

        private Optional<Source> issuer() {
            return entry.issuer()
                    .map(name -> new Source(name, shelf.signing(name)))
                    .filter(it -> it.version() != 0);
        }

        /** The version of a CA that vouches for the next one. */
        private Optional<Source> before() {
            return Optional.of(new Source(entry.name(), line.current()))
                    .filter(_ -> entry.entry().type() == SecretType.CA)
                    .filter(it -> shelf.find(it.entry(), it.version()).isPresent());
        }

        Minted make(int version) {
            var issuer = issuer().map(it -> new Issuer(it.version(), vault.read(id, it.entry(), it.version())));
            var before = before().map(it -> vault.read(id, it.entry(), it.version()));
            try {
                return mint.make(entry.entry(), new Ingredients(clock.instant(), version, random, issuer, before));
            } finally {
                issuer.ifPresent(it -> Minted.wipe(it.data()));
                before.ifPresent(Minted::wipe);
            }
        }
    }
}
