package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.rotation.Cause;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Shelf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shelves as tests need them. */
public final class Shelves {

    static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final SortedMap<String, Line> lines = new TreeMap<>();
    private final Map<String, SortedMap<Integer, VersionFacts>> versions = new TreeMap<>();
    private final SortedMap<String, String> restarts = new TreeMap<>();

    /** With the versions that the line names. */
    public Shelves with(String entry, Phase phase, int current, int previous, int pending) {
        return with(entry, phase, current, previous, pending, 0);
    }

    public Shelves with(String entry, Phase phase, int current, int previous, int pending, int issuer) {
        lines.put(entry, line(phase, current, previous, pending));
        var facts = new TreeMap<Integer, VersionFacts>();
        for (var version : List.of(current, previous, pending)) {
            if (version > 0) {
                facts.put(version, facts(entry, version, issuer));
            }
        }
        versions.put(entry, facts);
        return this;
    }

    /** Copied from what was published before there were versions. */
    Shelves asBefore(String entry, String hash) {
        lines.put(entry, Line.atRest(1, THEN));
        versions.put(
                entry,
                new TreeMap<>(Map.of(1, new VersionFacts(1, secret(entry, 1), "id", hash, THEN, null, null, 0))));
        return this;
    }

    Shelves withoutVersions(String entry) {
        versions.put(entry, new TreeMap<>());
        return this;
    }

    Shelves atWord(String workload, String word) {
        restarts.put(workload, word);
        return this;
    }

    public Shelf shelf() {
        return new Shelf(new Journal(STAGING, lines, restarts, "1"), versions);
    }

    static String secret(String entry, int version) {
        return "staging.%s.v%d".formatted(entry, version);
    }

    private static VersionFacts facts(String entry, int version, int issuer) {
        return new VersionFacts(version, secret(entry, version), "id", "recipe", THEN, null, null, issuer);
    }

    /** A number of its own for each set of versions. */
    static long accepts(int... versions) {
        return IntStream.of(versions)
                .filter(it -> it > 0)
                .mapToLong(it -> 1L << it)
                .sum();
    }

    private static long accepts(Phase phase, int current, int previous, int pending) {
        return phase == Phase.Due ? accepts(current, previous) : accepts(current, previous, pending);
    }

    private static Line line(Phase phase, int current, int previous, int pending) {
        @Nullable Instant nothing = null;
        return new Line(
                current,
                previous,
                pending,
                0,
                Math.max(current, pending),
                current + previous + pending,
                accepts(phase, current, previous, pending),
                current,
                "id",
                Cause.FIRST,
                phase,
                THEN,
                THEN,
                THEN,
                nothing,
                nothing,
                0,
                nothing,
                "",
                false,
                List.of(),
                "");
    }
}
