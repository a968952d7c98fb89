package dev.bulkhead.apply;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that should exist for one environment. A value: equal inputs give equal plans.
 *
 * @param unserved the kinds that the target doesn't know; what is of them stays out of it
 * @param evidence what isn't made, and yet stays if it is there and has failed: somebody may want to know why
 */
public record Plan(EnvironmentId environment, List<Entry> entries, Set<Kind> unserved, Set<Ref> evidence) {

    public Plan(EnvironmentId environment, List<Entry> entries, Set<Kind> unserved) {
        this(environment, entries, unserved, Set.of());
    }

    public Plan(EnvironmentId environment, List<Entry> entries) {
        this(environment, entries, Set.of());
    }

    public Plan {
        var twice = entries.stream().collect(Collectors.groupingBy(Entry::ref, Collectors.counting()));
        twice.values().removeIf(count -> count == 1);
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("Planned twice: " + twice.keySet());
        }
        entries = List.copyOf(entries);
        unserved = Set.copyOf(unserved);
        evidence = Set.copyOf(evidence);
    }

    public Map<Ref, Entry> byRef() {
        return entries.stream()
                .collect(Collectors.toMap(Entry::ref, Function.identity(), (one, _) -> one, TreeMap::new));
    }
}
