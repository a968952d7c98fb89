package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.secrets.vault.Vault;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Takes away the values of entries that are no more, where their SecretScope asked for it. The journal remembers who did:
 * when an entry is gone, its SecretScope may be gone too.
 */
final class Disposal {

    private final Vault vault;

    Disposal(Vault vault) {
        this.vault = vault;
    }

    /** The entries that go when nobody declares them any more. What isn't declared now, stays what it was. */
    static SortedSet<String> disposable(Journal journal, Entries entries) {
        var disposable = new TreeSet<>(journal.disposable());
        entries.kept().forEach((name, entry) -> {
            if (entry.isDisposable()) {
                disposable.add(name);
            } else {
                disposable.remove(name);
            }
        });
        return disposable;
    }

    /**
     * A crash in between leaves an entry that is disposable still, and is gone on with.
     *
     * @param gone whether nobody declares or publishes an entry any more
     * @param allowed asked only if there is one
     */
    void of(EnvironmentId id, Predicate<String> gone, BooleanSupplier allowed) {
        var journal = vault.open(id).journal();
        var going = journal.disposable().stream().filter(gone).toList();
        if (going.isEmpty() || !allowed.getAsBoolean()) {
            return;
        }
        // A line without its versions would be Lost, if somebody declared the entry again just now.
        vault.store(journal.withLines(without(journal, going)));
        going.forEach(entry ->
                List.copyOf(vault.open(id).of(entry).keySet()).forEach(version -> vault.discard(id, entry, version)));
        var left = new TreeSet<>(journal.disposable());
        going.forEach(left::remove);
        vault.store(vault.open(id).journal().withDisposable(left));
    }

    private static TreeMap<String, Line> without(Journal journal, List<String> going) {
        var lines = new TreeMap<>(journal.lines());
        lines.keySet().removeAll(going);
        return lines;
    }

    /** Of an environment that is gone. What its SecretScopes wanted to be kept is found by one of the same name. */
    void end(EnvironmentId id) {
        vault.forget(id);
        of(id, _ -> true, () -> true);
        if (isEmpty(vault.open(id))) {
            vault.remove(id);
        }
        vault.forget(id);
    }

    private static boolean isEmpty(Shelf shelf) {
        return shelf.journal().lines().isEmpty() && shelf.versions().isEmpty();
    }
}
