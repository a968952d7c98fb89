package dev.bulkhead.secrets.vault;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.VersionFacts;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a vault has of one environment, without a value.
 *
 * @param versions entry → ordinal → version
 */
public record Shelf(Journal journal, Map<String, SortedMap<Integer, VersionFacts>> versions) {

    public Shelf {
        versions = Map.copyOf(versions);
    }

    /** Of an environment of which nothing is kept. */
    public static Shelf empty(EnvironmentId environment) {
        return new Shelf(Journal.empty(environment), Map.of());
    }

    /** Of one entry, by ordinal. */
    public SortedMap<Integer, VersionFacts> of(String entry) {
        return versions.getOrDefault(entry, Collections.emptySortedMap());
    }

    /** How far an entry is; nothing of one that the journal doesn't know. */
    public Optional<Line> line(String entry) {
        return Optional.ofNullable(journal.lines().get(entry));
    }

    public Optional<VersionFacts> find(String entry, int version) {
        return Optional.ofNullable(of(entry).get(version));
    }

    /** Whether a version of an entry is the one in use. */
    public boolean hasCurrent(String entry) {
        return line(entry).filter(line -> line.current() > 0).isPresent();
    }

    /** The version of a CA that signs now; 0 when there is none, or its key is lost. */
    public int signing(String authority) {
        return line(authority)
                .map(Line::current)
                .filter(it -> find(authority, it).isPresent())
                .orElse(0);
    }

    /** Whether all versions that an entry's line names, and that may be used, were signed by one version of its CA. */
    public boolean isSignedBy(int signer, String entry, Line line) {
        return Stream.of(line.current(), line.previous(), line.pending())
                .flatMap(version -> find(entry, version).stream())
                .allMatch(facts -> facts.issuer() == signer);
    }

    Shelf with(Journal other) {
        return new Shelf(other, versions);
    }

    Shelf with(String entry, VersionFacts added) {
        var now = new TreeMap<>(of(entry));
        now.put(added.ordinal(), added);
        return with(entry, now);
    }

    Shelf without(String entry, int version) {
        var now = new TreeMap<>(of(entry));
        now.remove(version);
        return with(entry, now);
    }

    private Shelf with(String entry, SortedMap<Integer, VersionFacts> now) {
        var all = new TreeMap<>(versions);
        if (now.isEmpty()) {
            all.remove(entry);
        } else {
            all.put(entry, Collections.unmodifiableSortedMap(now));
        }
        return new Shelf(journal, all);
    }
}
