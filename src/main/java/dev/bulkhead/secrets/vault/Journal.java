package dev.bulkhead.secrets.vault;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.rotation.Line;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the rotations of an environment's secrets are.
 *
 * @param lines by entry
 * @param restarts workload → the hash of its secrets that it was let through to
 * @param resourceVersion what it follows from; empty: nothing was stored yet
 */
public record Journal(
        EnvironmentId environment,
        SortedMap<String, Line> lines,
        SortedMap<String, String> restarts,
        String resourceVersion) {

    public Journal {
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
        restarts = Collections.unmodifiableSortedMap(new TreeMap<>(restarts));
    }

    public static Journal empty(EnvironmentId environment) {
        return new Journal(environment, new TreeMap<>(), new TreeMap<>(), "");
    }

    /** The same with other lines. */
    public Journal withLines(SortedMap<String, Line> others) {
        return new Journal(environment, others, restarts, resourceVersion);
    }

    /** The same with other restarts. */
    public Journal withRestarts(SortedMap<String, String> others) {
        return new Journal(environment, lines, others, resourceVersion);
    }

    Journal at(String version) {
        return new Journal(environment, lines, restarts, version);
    }
}
