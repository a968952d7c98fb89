package dev.bulkhead.environment.keeping;

import dev.bulkhead.cluster.Delivered;
import dev.bulkhead.environment.pillar.SecretWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
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
    private final Map<String, String> evidence;
    private final Map<String, SortedSet<String>> listing;
    private final Set<String> behind;
    private final Set<String> behindWithBrought;

    /** @param wordOf the {@link SecretWord word} of what it lists, as it is in the target */
    Others(Collection<Delivered> delivered, Entries entries, Function<Delivered, String> wordOf) {
        this.delivered = List.copyOf(delivered);
        this.usage = Usage.listed(delivered, entries);
        this.words = delivered.stream().collect(Collectors.toMap(Delivered::title, wordOf));
        this.evidence = delivered.stream().collect(Collectors.toMap(Delivered::title, this::known));
        this.listing = delivered.stream()
                .flatMap(it -> it.entries().stream().map(entry -> Map.entry(entry, it.title())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toCollection(TreeSet::new))));
        this.behind = behind(SecretWord::made);
        this.behindWithBrought = behind(SecretWord::brought);
    }

    private String known(Delivered it) {
        if (!it.word().equals(words.get(it.title()))) {
            return NOT_YET;
        }
        return it.rolledOut() ? THROUGH : ROLLING;
    }

    private Set<String> behind(UnaryOperator<String> part) {
        return delivered.stream()
                .filter(it -> !it.rolledOut() || !part.apply(it.word()).equals(part.apply(words.get(it.title()))))
                .map(Delivered::title)
                .collect(Collectors.toUnmodifiableSet());
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
        return Usage.among(behind, usage.consumers(entry));
    }

    SortedSet<String> usersBehind(String entry) {
        return Usage.among(behind, usage.users(entry));
    }

    SortedSet<String> acceptorsBehind(String entry) {
        return Usage.among(behind, usage.acceptors(entry));
    }

    /** Those who may have something else than what other operators have brought by now. */
    Set<String> behindWithBrought() {
        return behindWithBrought;
    }

    /** Those who list an entry, or something that is made of it. */
    SortedSet<String> of(String entry) {
        var all = new TreeSet<>(usage.consumers(entry));
        all.addAll(listing.getOrDefault(entry, Collections.emptySortedSet()));
        return all;
    }

    /** What is known of one of them. */
    String evidence(String title) {
        return evidence.get(title);
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
