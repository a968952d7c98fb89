package dev.bulkhead.apply;

/**
 * The most that one pass may remove from one environment.
 *
 * @param objects those in namespaces that stay; what goes with its namespace isn't counted again
 * @param edges between what stays
 */
public record BlastRadius(int objects, int namespaces, int edges) {

    public static final BlastRadius UNLIMITED = new BlastRadius(Integer.MAX_VALUE, Integer.MAX_VALUE);

    public BlastRadius(int objects, int namespaces) {
        this(objects, namespaces, Integer.MAX_VALUE);
    }
}
