package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.apply.Entry.Source.Copy;
import dev.bulkhead.environment.Blueprint.PublishedKey;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.secrets.material.KeyRole;
import dev.bulkhead.secrets.material.Keys;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.secrets.vault.VaultNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Versions → what is published of them. Pure. */
public final class Materials {

    private final Entries entries;
    private final Shelf shelf;
    private final String vault;

    public Materials(Entries entries, Shelf shelf) {
        this.entries = entries;
        this.shelf = shelf;
        this.vault = VaultNames.namespace(shelf.journal().environment().namespace());
    }

    /** Of each entry that has a version in use, without its texts. */
    public SortedMap<String, SecretMaterial> all() {
        var materials = new TreeMap<String, SecretMaterial>();
        entries.all().forEach(entry -> of(entry).ifPresent(material -> materials.put(entry.name(), material)));
        return materials;
    }

    Optional<SecretMaterial> of(KeptEntry entry) {
        return line(entry.name())
                .map(line -> new SecretMaterial(
                        entry.name(),
                        entry.scope(),
                        keys(entry, line),
                        Integer.toString(line.current()),
                        pointer(entry)));
    }

    private Optional<Line> line(String entry) {
        return shelf.line(entry).filter(line -> line.current() > 0);
    }

    /** Rises with each change of what is published: of this entry, and of what else is in it. */
    long pointer(KeptEntry entry) {
        return sources(entry)
                .mapToLong(name -> line(name).map(Line::pointer).orElse(0L))
                .sum();
    }

    private Stream<String> sources(KeptEntry entry) {
        return Stream.of(entry.name(), entry.anchor()).distinct();
    }

    private SortedMap<String, PublishedKey> keys(KeptEntry entry, Line line) {
        var keys = new TreeMap<String, PublishedKey>();
        Keys.own(entry.entry()).forEach((key, role) -> {
            switch (role) {
                case USE ->
                    keys.put(key, new PublishedKey(copy(entry.name(), key, line.current()), useWord(entry, line)));
                case ACCEPT -> keys.put(key, accepted(entry, key));
                case HELD -> {}
            }
        });
        if (line.previous() > 0) {
            Keys.withPrevious(entry.entry())
                    .forEach(key -> keys.put(
                            Keys.previous(key),
                            new PublishedKey(copy(entry.name(), key, line.previous()), line.previousWord())));
        }
        return keys;
    }

    /** A copy that was published before there were versions has the word that it had then: nobody restarts for the first. */
    private String useWord(KeptEntry entry, Line line) {
        return isAsBefore(entry, line.usesSince())
                ? shelf.find(entry.name(), line.current())
                        .map(VersionFacts::recipe)
                        .orElseGet(line::useWord)
                : line.useWord();
    }

    private static boolean isAsBefore(KeptEntry entry, long since) {
        return entry.isCopied() && since == 0;
    }

    /** The values of one version that may be used, whichever is published. */
    Map<String, Source> values(KeptEntry entry, int version) {
        var values = new TreeMap<String, Source>();
        Keys.own(entry.entry()).forEach((key, role) -> {
            if (role == KeyRole.USE) {
                values.put(key, copy(entry.name(), key, version));
            }
        });
        return values;
    }

    private PublishedKey accepted(KeptEntry entry, String key) {
        var anchor = entry.anchor();
        var parts = acceptedVersions(anchor).stream()
                .map(version -> copy(anchor, Keys.partOf(key), version))
                .toList();
        return new PublishedKey(
                together(entry, key, parts),
                line(anchor)
                        .filter(line -> !isAsBefore(entry, line.acceptsSince()))
                        .map(Line::acceptWord)
                        .orElse(""));
    }

    private static Source together(KeptEntry entry, String key, List<Copy> parts) {
        if (key.equals(Keys.JWKS)) {
            return new Source.KeySet(parts);
        }
        return entry.isCopied() ? new Source.SingleLines(parts) : new Source.Lines(parts);
    }

    List<Integer> acceptedVersions(String entry) {
        return line(entry).stream().flatMap(line -> line.accepted().stream()).toList();
    }

    /** What is lost is planned all the same: it can't be read, so what is published stays as it is, and isn't taken away. */
    private Copy copy(String entry, String key, int version) {
        var secret = shelf.find(entry, version)
                .map(VersionFacts::secret)
                .orElseGet(() -> VaultNames.lost(shelf.journal().environment(), entry, version));
        return new Copy(vault, secret, key);
    }
}
