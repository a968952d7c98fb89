package dev.bulkhead.apply;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an environment has in the target cluster, as we last left it. It is written before anything new is created and
 * after anything is removed, so that there is never an object of ours that it doesn't name.
 */
public record Inventory(Map<Ref, Held> held) {

    public static final Inventory EMPTY = new Inventory(Map.of());

    public Inventory {
        held = java.util.Collections.unmodifiableMap(new TreeMap<>(held));
    }

    /**
     * One object of ours.
     *
     * @param desired digest of the entry that was applied; empty when it is announced, but wasn't applied yet
     * @param digest over the fields we own, as the API server answered; empty when unknown
     * @param uid of the object; empty when unknown
     */
    public record Held(Ref ref, Level level, String desired, String digest, String uid) {

        static Held announced(Entry entry) {
            return new Held(entry.ref(), entry.level(), "", "", "");
        }
    }

    public Optional<Held> find(Ref ref) {
        return Optional.ofNullable(held.get(ref));
    }

    public Inventory announce(Stream<Entry> entries) {
        var next = new TreeMap<>(held);
        entries.forEach(entry -> next.putIfAbsent(entry.ref(), Held.announced(entry)));
        return new Inventory(next);
    }

    public Inventory with(Stream<Held> applied, Set<Ref> gone) {
        var next = new TreeMap<>(held);
        applied.forEach(one -> next.put(one.ref(), one));
        next.keySet().removeAll(gone);
        return new Inventory(next);
    }
}
