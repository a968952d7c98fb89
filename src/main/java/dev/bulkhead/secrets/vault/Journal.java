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
 * @param arrivals namespace/entry → what another operator has brought of it
 * @param resourceVersion what it follows from; empty: nothing was stored yet
 */
public record Journal(
        EnvironmentId environment,
        SortedMap<String, Line> lines,
        SortedMap<String, String> restarts,
        SortedSet<String> disposable,
        SortedMap<String, Arrival> arrivals,
        String resourceVersion) {

    /** So many entries of an environment fit into a ConfigMap, whatever is to be said of each. */
    public static final int MOST_ENTRIES = 800;

    public Journal {
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
        restarts = Collections.unmodifiableSortedMap(new TreeMap<>(restarts));
        disposable = Collections.unmodifiableSortedSet(new TreeSet<>(disposable));
        arrivals = Collections.unmodifiableSortedMap(new TreeMap<>(arrivals));
    }

    /** Nobody else has brought anything of it. */
    public Journal(
            EnvironmentId environment,
            SortedMap<String, Line> lines,
            SortedMap<String, String> restarts,
            SortedSet<String> disposable,
            String resourceVersion) {
        this(environment, lines, restarts, disposable, Collections.emptySortedMap(), resourceVersion);
    }

    /** Nothing of it is disposable, either. */
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
        return new Journal(environment, others, restarts, disposable, arrivals, resourceVersion);
    }

    /** The same with other restarts. */
    public Journal withRestarts(SortedMap<String, String> others) {
        return new Journal(environment, lines, others, disposable, arrivals, resourceVersion);
    }

    /** The same with other entries that may go. */
    public Journal withDisposable(SortedSet<String> others) {
        return new Journal(environment, lines, restarts, others, arrivals, resourceVersion);
    }

    /** The same with what others have brought by now. */
    public Journal withArrivals(SortedMap<String, Arrival> others) {
        return new Journal(environment, lines, restarts, disposable, others, resourceVersion);
    }

    Journal at(String version) {
        return new Journal(environment, lines, restarts, disposable, arrivals, version);
    }
}
