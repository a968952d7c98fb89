package dev.bulkhead.secrets.vault;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.rotation.VersionFacts;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

    public Optional<VersionFacts> find(String entry, int version) {
        return Optional.ofNullable(of(entry).get(version));
    }

    /** Whether a version of an entry is the one in use. */
    public boolean hasCurrent(String entry) {
        var line = journal.lines().get(entry);
        return line != null && line.current() > 0;
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
