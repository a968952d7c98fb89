package dev.bulkhead.secrets.vault;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.rotation.Line;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the rotations of an environment's secrets are.
 *
 * @param lines by entry
 * @param restarts workload → the hash of its secrets that it was let through to
 * @param disposable entries whose values go when nobody declares them any more
 * @param resourceVersion what it follows from; empty: nothing was stored yet
 */
public record Journal(
        EnvironmentId environment,
        SortedMap<String, Line> lines,
        SortedMap<String, String> restarts,
        SortedSet<String> disposable,
        String resourceVersion) {

    /** So many entries of an environment fit into a ConfigMap, whatever is to be said of each. */
    public static final int MOST_ENTRIES = 800;

    public Journal {
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
        restarts = Collections.unmodifiableSortedMap(new TreeMap<>(restarts));
        disposable = Collections.unmodifiableSortedSet(new TreeSet<>(disposable));
    }

    /** Nothing of it is disposable. */
    public Journal(
            EnvironmentId environment,
            SortedMap<String, Line> lines,
            SortedMap<String, String> restarts,
            String resourceVersion) {
        this(environment, lines, restarts, Collections.emptySortedSet(), resourceVersion);
    }

    public static Journal empty(EnvironmentId environment) {
        return new Journal(environment, new TreeMap<>(), new TreeMap<>(), "");
    }

    /** The same with other lines. */
    public Journal withLines(SortedMap<String, Line> others) {
        return new Journal(environment, others, restarts, disposable, resourceVersion);
    }

    /** The same with other restarts. */
    public Journal withRestarts(SortedMap<String, String> others) {
        return new Journal(environment, lines, others, disposable, resourceVersion);
    }

    /** The same with other entries that may go. */
    public Journal withDisposable(SortedSet<String> others) {
        return new Journal(environment, lines, restarts, others, resourceVersion);
    }

    Journal at(String version) {
        return new Journal(environment, lines, restarts, disposable, version);
    }
}
