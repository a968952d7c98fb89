package dev.bulkhead.cli.manifest;

import java.util.Comparator;

/** Where something is written; shown as editors and compilers do, so that a terminal makes a link of it. */
public record Place(String file, int line) implements Comparable<Place> {

    @Override
    public int compareTo(Place other) {
        return Comparator.comparing(Place::file).thenComparingInt(Place::line).compare(this, other);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
