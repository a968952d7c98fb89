package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Published;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.secrets.rotation.Observed;
import dev.bulkhead.secrets.vault.Journal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How far what is published has come in the target, by what became of a plan.
 *
 * @param published what the plan publishes, by the name of the Secret, in whatever namespaces
 */
record InForce(Map<String, List<Entry>> published, Map<Ref, Applied> results, Sight sight) {

    static InForce of(Plan plan, Outcome outcome, Sight sight) {
        return new InForce(
                plan.entries().stream()
                        .filter(Entry.SecretEntry.class::isInstance)
                        .collect(Collectors.groupingBy(it -> it.ref().name())),
                outcome.results().stream()
                        .collect(Collectors.toMap(Applied::ref, Function.identity(), (one, _) -> one)),
                sight);
    }

    /**
     * @param before entry → the pointer that the target was known to show
     * @return the same by now
     */
    Map<String, Long> after(Map<String, Long> before, Entries entries, Journal journal) {
        var publishing = entries.publishing();
        var after = new HashMap<String, Long>();
        entries.kept().keySet().forEach(name -> {
            var line = journal.lines().get(name);
            if (line != null) {
                after.put(name, after(name, line.pointer(), publishing, before));
            }
        });
        entries.claims().forEach((name, claim) -> {
            if (claim.grant().isThere()) {
                after.put(name, after(name, claim.pointer(), publishing, before));
            }
        });
        return Map.copyOf(after);
    }

    private long after(String name, long pointer, Map<String, Set<String>> publishing, Map<String, Long> before) {
        return shown(publishing.get(name), pointer)
                .or(() -> ahead(name, pointer))
                .orElseGet(() -> Optional.ofNullable(before.get(name))
                        // Where nobody used it, or used another entry of that name, nothing of it was seen.
                        .filter(it -> it <= pointer)
                        .orElse(Observed.UNKNOWN));
    }

    private Optional<Long> shown(Collection<String> secrets, long pointer) {
        var where = secrets.stream().flatMap(it -> named(it).stream()).toList();
        if (where.isEmpty()) {
            return Optional.of(Observed.NOWHERE);
        }
        return where.stream().allMatch(it -> isAsPlanned(results.get(it.ref())))
                ? Optional.of(pointer)
                : Optional.empty();
    }

    private List<Entry> named(String secret) {
        return published.getOrDefault(secret, List.of());
    }

    /** Where the target is ahead of us, as after a restore of the hub: as much further as it is. */
    private Optional<Long> ahead(String entry, long pointer) {
        return named(entry).stream()
                .filter(it -> results.get(it.ref()) instanceof Applied.Refused)
                .map(it -> sight.pointer(it.ref()) - Published.pointer(it))
                .filter(further -> further > 0)
                .findFirst()
                .map(further -> pointer + further);
    }

    private static boolean isAsPlanned(Applied applied) {
        return applied instanceof Applied.Unchanged
                || applied instanceof Applied.Created
                || applied instanceof Applied.Changed;
    }
}
