package dev.bulkhead.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which TargetClusters there are, and which environments are in each. From caches. */
public interface ClusterIndex {

    /** All of them, by name. */
    Set<String> names();

    /** The names of those that stand for another cluster than ours. */
    Set<String> elsewhere();

    /** The first that stands for our own cluster. */
    Optional<String> local();

    /** The environments in a cluster, as namespace/name, sorted. */
    List<String> usersOf(String cluster);
}
