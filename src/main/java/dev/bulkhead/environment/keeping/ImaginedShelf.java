package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.SecretSource;
import dev.bulkhead.api.v1alpha1.Seniority;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Shelf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the vault will have when everything is at rest: for whoever plans without being let into it. Of each entry the
 * version that its status tells of, or the first.
 */
public final class ImaginedShelf {

    private static final String NAME = "%s.%s.v%d";

    private ImaginedShelf() {}

    /**
     * @param sources of the Secrets in the hub namespace: name → data key → another word for another value. What is copied
     *     from one that isn't there has no version
     */
    public static Shelf of(
            EnvironmentId environment, List<SecretScope> scopes, Map<String, Map<String, String>> sources) {
        var lines = new TreeMap<String, Line>();
        var versions = new TreeMap<String, SortedMap<Integer, VersionFacts>>();
        var oldestFirst = scopes.stream().sorted(Seniority.OLDEST_FIRST).toList();
        Entries.of(oldestFirst).kept().forEach((entry, kept) -> recipe(kept, sources)
                .ifPresent(recipe -> {
                    var version = version(entry, oldestFirst);
                    lines.put(entry, Line.atRest(version, Instant.EPOCH));
                    versions.put(entry, new TreeMap<>(Map.of(version, facts(environment, entry, version, recipe))));
                }));
        return new Shelf(new Journal(environment, lines, new TreeMap<>(), ""), versions);
    }

    private static Optional<String> recipe(KeptEntry entry, Map<String, Map<String, String>> sources) {
        if (!entry.isCopied()) {
            return Optional.of("");
        }
        return Optional.ofNullable(entry.entry().from())
                .map(SecretSource::secretRef)
                .flatMap(from -> Optional.ofNullable(
                        sources.getOrDefault(from.name(), Map.of()).get(from.key())));
    }

    private static int version(String entry, List<SecretScope> scopes) {
        return scopes.stream()
                .filter(scope -> scope.getStatus() != null)
                .flatMap(scope -> scope.getStatus().entries().stream())
                .filter(status -> status.name().equals(entry))
                .map(SecretEntryStatus::version)
                .filter(version -> version != null && version.matches("[0-9]{1,9}"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(1);
    }

    private static VersionFacts facts(EnvironmentId environment, String entry, int version, String recipe) {
        return new VersionFacts(
                version, NAME.formatted(environment.name(), entry, version), "", recipe, Instant.EPOCH, null, null, 0);
    }
}
