package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.environment.Blueprint.BroughtSecret;
import dev.bulkhead.secrets.vault.Arrival;
import dev.bulkhead.secrets.vault.Journal;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What other operators have brought, by namespace and entry. It is kept in the journal, because a restart of ours, or a
 * Secret that is away for a moment, must not look like another value. Pure.
 */
public final class Arrivals {

    private Arrivals() {}

    /** What there was, and what the target shows now. */
    static SortedMap<String, Arrival> seen(
            Journal journal, Collection<String> namespaces, Collection<String> entries, Sight sight) {
        var seen = new TreeMap<String, Arrival>();
        for (var namespace : namespaces) {
            journal.arrivals().entrySet().stream()
                    .filter(it -> it.getKey().startsWith(namespace + "/"))
                    .forEach(it -> seen.put(it.getKey(), it.getValue()));
            entries.forEach(entry -> sight.brought(new Ref(Kind.SECRET, namespace, entry))
                    .ifPresent(hashes -> seen.put(
                            key(namespace, entry),
                            seen.getOrDefault(key(namespace, entry), Arrival.NOTHING)
                                    .seen(hashes))));
        }
        return seen;
    }

    /** The entries with what is known to have come of them. */
    public static Map<String, BroughtSecret> of(Map<String, BroughtSecret> brought, Journal journal) {
        return brought.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue()
                .having(replaced(it.getKey(), journal))));
    }

    /** Namespace → data key → word. */
    private static Map<String, Map<String, String>> replaced(String entry, Journal journal) {
        var replaced = new TreeMap<String, Map<String, String>>();
        journal.arrivals().forEach((key, arrival) -> {
            if (key.endsWith("/" + entry)) {
                replaced.put(key.substring(0, key.length() - entry.length() - 1), arrival.replaced());
            }
        });
        return replaced;
    }

    private static String key(String namespace, String entry) {
        return namespace + "/" + entry;
    }
}
