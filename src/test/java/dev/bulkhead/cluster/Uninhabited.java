package dev.bulkhead.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** TargetClusters of these names, in which nobody lives. */
record Uninhabited(Set<String> names) implements ClusterIndex {

    Uninhabited(String... names) {
        this(Set.of(names));
    }

    @Override
    public Set<String> elsewhere() {
        return names;
    }

    @Override
    public Optional<String> local() {
        return Optional.empty();
    }

    @Override
    public List<String> usersOf(String cluster) {
        return List.of();
    }
}
