package dev.bulkhead.network.reach;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HTTP methods: those that are named, or, as there is no end to methods, all but those. */
record Methods(boolean allBut, Set<String> names) {

    static final Methods NONE = new Methods(false, Set.of());
    static final Methods ALL = new Methods(true, Set.of());

    Methods {
        names = Set.copyOf(names);
    }

    static Methods only(String name) {
        return new Methods(false, Set.of(name));
    }

    boolean contains(String method) {
        return names.contains(method) != allBut;
    }

    boolean isEmpty() {
        return !allBut && names.isEmpty();
    }

    Methods complement() {
        return new Methods(!allBut, names);
    }

    Methods and(Methods other) {
        var both = Stream.concat(names.stream(), other.names.stream());
        var everywhere = allBut && other.allBut;
        return new Methods(
                everywhere,
                both.filter(name -> (contains(name) && other.contains(name)) != everywhere)
                        .collect(Collectors.toSet()));
    }

    Methods or(Methods other) {
        return complement().and(other.complement()).complement();
    }

    @Override
    public String toString() {
        var sorted = String.join(",", new TreeSet<>(names));
        if (!allBut) {
            return sorted;
        }
        return names.isEmpty() ? "any method" : "any method but " + sorted;
    }
}
