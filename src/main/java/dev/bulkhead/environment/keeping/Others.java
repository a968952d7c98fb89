package dev.bulkhead.environment.keeping;

import dev.bulkhead.cluster.Delivered;
import dev.bulkhead.environment.pillar.SecretWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Those who are delivered by others and want to be restarted with secret entries. What they were let through to stands on
 * their pod templates, and nowhere else. Pure.
 */
final class Others {

    private static final String NOT_YET = "its pod template doesn't say yet that it has what is published";
    private static final String ROLLING = "not all of its pods are of its pod template";
    private static final String THROUGH = "all of its pods are of the template that has what is published";

    /** @param word what its pods are to start with */
    public record Restart(Delivered delivered, String word) {}

    private final List<Delivered> delivered;
    private final Usage usage;
    private final Map<String, String> words;

    /** @param wordOf the {@link SecretWord word} of what it lists, as it is in the target */
    Others(Collection<Delivered> delivered, Entries entries, Function<Delivered, String> wordOf) {
        this.delivered = List.copyOf(delivered);
        this.usage = Usage.listed(delivered, entries);
        this.words = delivered.stream().collect(Collectors.toMap(Delivered::title, wordOf));
    }

    /** Those who use a value of an entry. */
    SortedSet<String> users(String entry) {
        return usage.users(entry);
    }

    /** Those who check others by an entry. */
    SortedSet<String> acceptors(String entry) {
        return usage.acceptors(entry);
    }

    /** Those who use an entry or check others by it, and may go by something else than what is published. */
    SortedSet<String> behind(String entry) {
        return behind(usage.consumers(entry)::contains, SecretWord::made);
    }

    SortedSet<String> usersBehind(String entry) {
        return behind(usage.users(entry)::contains, SecretWord::made);
    }

    SortedSet<String> acceptorsBehind(String entry) {
        return behind(usage.acceptors(entry)::contains, SecretWord::made);
    }

    /** Those who may have something else than what other operators have brought by now. */
    SortedSet<String> behindWithBrought() {
        return behind(_ -> true, SecretWord::brought);
    }

    /** Those who list an entry. */
    SortedSet<String> of(String entry) {
        return names(delivered.stream()
                .filter(it ->
                        it.entries().contains(entry) || usage.consumers(entry).contains(it.title()))
                .toList());
    }

    private SortedSet<String> behind(Predicate<String> wanted, UnaryOperator<String> part) {
        return names(delivered.stream()
                .filter(it -> wanted.test(it.title()) && isBehind(it, part))
                .toList());
    }

    private boolean isBehind(Delivered it, UnaryOperator<String> part) {
        return !it.rolledOut() || !part.apply(it.word()).equals(part.apply(words.get(it.title())));
    }

    private static SortedSet<String> names(Collection<Delivered> some) {
        return some.stream().map(Delivered::title).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of each what is known of it. */
    SortedMap<String, String> evidence() {
        var evidence = new TreeMap<String, String>();
        delivered.forEach(it -> evidence.put(
                it.title(), !it.word().equals(words.get(it.title())) ? NOT_YET : it.rolledOut() ? THROUGH : ROLLING));
        return evidence;
    }

    /** How many are at it. */
    int restarting() {
        return (int) delivered.stream()
                .filter(it -> !it.word().isEmpty() && !it.rolledOut())
                .count();
    }

    /**
     * Those whose turn it is.
     *
     * @param settled entries whose published values are in the target since the look before
     * @param room how many more may be restarting at once
     */
    List<Restart> due(Set<String> settled, int room) {
        var due = new ArrayList<Restart>();
        for (var it : delivered) {
            var word = words.get(it.title());
            if (!word.isEmpty()
                    && !it.word().equals(word)
                    && due.size() < room
                    && settled.containsAll(usage.sources(it.title()))) {
                due.add(new Restart(it, word));
            }
        }
        return due;
    }
}
