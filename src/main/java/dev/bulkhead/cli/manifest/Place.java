package dev.bulkhead.cli.manifest;

import java.util.Comparator;

/**
 * Where something is written; shown as editors and compilers do, so that a terminal makes a link of it.
 *
 * @param line from 1; 0 of what is in no file
 */
public record Place(String file, int line) implements Comparable<Place> {

    public boolean isInFile() {
        return line > 0;
    }

    @Override
    public int compareTo(Place other) {
        return Comparator.comparing(Place::file).thenComparingInt(Place::line).compare(this, other);
    }

    @Override
    public String toString() {
        return isInFile() ? file + ":" + line : file;
    }
}
