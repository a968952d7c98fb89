package dev.bulkhead.cluster;

import dev.bulkhead.apply.Ownership;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What somebody else delivers into a namespace of ours, and wants restarted with some secret entries.
 *
 * @param kind Deployment, StatefulSet or DaemonSet
 * @param entries those that its owner lists
 * @param word what its pod template says of the values that its pods start with; empty when we never wrote it, or somebody
 *     took it off
 * @param rolledOut whether all of its pods are of this template
 */
public record Delivered(
        String kind,
        String namespace,
        String name,
        String uid,
        SortedSet<String> entries,
        String word,
        boolean rolledOut) {

    /** Its owner says so on it: the entries, with commas between them. */
    public static final String RESTART_WITH = "bulkhead.dev/restart-with";

    /** On the pod template, as on those that we render. */
    public static final String WORD = Ownership.SECRET_VERSION;

    public Delivered {
        entries = new TreeSet<>(entries);
    }

    /** As people are told of it. */
    public String title() {
        return "%s %s/%s".formatted(kind, namespace, name);
    }
}
