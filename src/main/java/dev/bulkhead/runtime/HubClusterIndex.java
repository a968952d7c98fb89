package dev.bulkhead.runtime;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cluster.ClusterIndex;
import dev.bulkhead.environment.Hub;
import dev.bulkhead.environment.ReleaseMark;
import dev.bulkhead.environment.Whereabouts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TargetClusters of the hub, and who lives in them. */
record HubClusterIndex(Hub hub) implements ClusterIndex {

    @Override
    public Set<String> names() {
        return names(_ -> true).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<String> elsewhere() {
        return names(it -> it.getSpec().kubeconfig() != null).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<String> local() {
        return names(it -> it.getSpec().local() != null).min(String::compareTo);
    }

    private Stream<String> names(Predicate<TargetCluster> which) {
        return hub.clusters().stream().filter(which).map(it -> it.getMetadata().getName());
    }

    /** Whether a request to it goes to another cluster than our own. */
    boolean isElsewhere(String cluster) {
        return hub.cluster(cluster).filter(it -> it.getSpec().local() == null).isPresent();
    }

    @Override
    public List<String> usersOf(String cluster) {
        return users(cluster).map(EnvironmentId::toString).sorted().toList();
    }

    Stream<EnvironmentId> users(String cluster) {
        return hub.environments().stream()
                .filter(it -> ReleaseMark.on(it).isEmpty())
                .filter(it -> livesIn(it, cluster))
                .map(EnvironmentId::of);
    }

    private boolean livesIn(Environment environment, String cluster) {
        return Whereabouts.cluster(hub, environment).filter(cluster::equals).isPresent();
    }
}
