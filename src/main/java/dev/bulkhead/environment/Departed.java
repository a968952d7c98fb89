package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.SecretScopeSpec;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.environment.keeping.Entries;
import dev.bulkhead.environment.keeping.Notice;
import dev.bulkhead.secrets.vault.Journal;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SecretScopes that somebody deleted, or took entries out of. With an entry that pods use its Secret would go, and they would
 * start no more; so what was taken away stays in force as it was accepted last, until nobody uses anything of it and nothing
 * of it is being rotated. A scope has no finalizer: whoever deleted it by mistake applies it again, and couldn't while it was
 * on its way out.
 *
 * @param held those that stay, with the entries that nobody has declared since
 * @param over those that nobody needs any more
 * @param notices why those stay that do
 */
record Departed(List<SecretScope> held, List<SecretScope> over, List<Notice> notices) {

    static final Departed NONE = new Departed(List.of(), List.of(), List.of());

    /**
     * @param departed as they were accepted last, with or without what they have still
     * @param there the SecretScopes that count, each as it is or as it was accepted last
     * @param running the workloads that count
     */
    static Departed of(List<SecretScope> departed, List<SecretScope> there, List<Workload> running, Journal journal) {
        var declared = entries(there).map(SecretEntry::name).collect(Collectors.toCollection(HashSet::new));
        var needed = Stream.concat(
                        running.stream().flatMap(it -> it.getSpec().secretEntries()),
                        entries(there).flatMap(Entries::sources))
                .collect(Collectors.toCollection(HashSet::new));
        var held = new ArrayList<SecretScope>();
        var over = new ArrayList<SecretScope>();
        for (var scope : departed) {
            var left = scope.getSpec().entries().stream()
                    .filter(entry -> !declared.contains(entry.name()))
                    .toList();
            left.stream()
                    .map(SecretEntry::name)
                    .filter(it -> isOnItsWay(it, journal))
                    .forEach(needed::add);
            var staying = among(left, needed);
            if (staying.isEmpty()) {
                over.add(scope);
            } else {
                held.add(with(staying, scope));
                staying.forEach(entry -> declared.add(entry.name()));
            }
        }
        return new Departed(
                List.copyOf(held),
                List.copyOf(over),
                held.stream().map(scope -> notice(scope, running)).toList());
    }

    /** Those that are needed, and those that they are made from. */
    private static List<SecretEntry> among(List<SecretEntry> entries, Set<String> needed) {
        var more = entries.stream()
                .filter(entry -> needed.contains(entry.name()))
                .flatMap(Entries::sources)
                .toList();
        return needed.addAll(more)
                ? among(entries, needed)
                : entries.stream()
                        .filter(entry -> needed.contains(entry.name()))
                        .toList();
    }

    private static boolean isOnItsWay(String entry, Journal journal) {
        var line = journal.lines().get(entry);
        return line != null && line.isOnItsWay();
    }

    private static Stream<SecretEntry> entries(List<SecretScope> scopes) {
        return scopes.stream().flatMap(scope -> scope.getSpec().entries().stream());
    }

    /** What it granted to others went with it. */
    private static SecretScope with(List<SecretEntry> entries, SecretScope scope) {
        var was = scope.getSpec();
        var is = new SecretScope();
        is.setMetadata(new ObjectMetaBuilder(scope.getMetadata()).build());
        is.setSpec(new SecretScopeSpec(
                was.environmentRef(),
                entries,
                List.of(),
                was.windows(),
                was.drain(),
                was.restarts(),
                was.onLoss(),
                was.onDelete()));
        return is;
    }

    private static Notice notice(SecretScope scope, List<Workload> running) {
        return new Notice(
                Notice.SCOPE_DELETED,
                "SecretScope %s was deleted, and %s. So its entries stay as they were: %s. Apply it again, or take them out of what uses them"
                        .formatted(
                                scope.getMetadata().getName(),
                                reason(users(scope, running)),
                                entries(List.of(scope))
                                        .map(SecretEntry::name)
                                        .sorted()
                                        .collect(Collectors.joining(", "))));
    }

    private static String reason(Set<String> users) {
        return users.isEmpty()
                ? "something of it is being rotated, or others are made of it"
                : "workloads %s use it".formatted(String.join(", ", users));
    }

    private static Set<String> users(SecretScope scope, List<Workload> running) {
        var names = entries(List.of(scope)).map(SecretEntry::name).collect(Collectors.toSet());
        return running.stream()
                .filter(it -> it.getSpec().secretEntries().anyMatch(names::contains))
                .map(Workload::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
