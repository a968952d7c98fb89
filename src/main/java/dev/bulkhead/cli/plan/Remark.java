package dev.bulkhead.cli.plan;

import dev.bulkhead.cli.manifest.Fault;
import dev.bulkhead.cli.manifest.Place;
import java.util.Comparator;

/**
 * Something to be said of a resource.
 *
 * @param who which one; empty of a text that couldn't be read so far
 */
public record Remark(Place place, Weight weight, String who, String message) implements Comparable<Remark> {

    /** How bad it is. */
    public enum Weight {
        /** It can't be had. */
        REFUSED("refused"),
        /** It will be had when something else is there. */
        WAITS("waits"),
        /** Good to know. */
        NOTE("note");

        private final String word;

        Weight(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    static Remark of(Fault fault) {
        return new Remark(fault.place(), Weight.REFUSED, "", fault.message());
    }

    public boolean refuses() {
        return weight == Weight.REFUSED;
    }

    @Override
    public int compareTo(Remark other) {
        return Comparator.comparing(Remark::weight).thenComparing(Remark::place).compare(this, other);
    }

    @Override
    public String toString() {
        return who.isEmpty()
                ? "%s: %s".formatted(place, message)
                : "%s: %s %s: %s".formatted(place, who, weight.word(), message);
    }
}
