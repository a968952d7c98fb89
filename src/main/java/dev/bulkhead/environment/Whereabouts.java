package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.cluster.Connections;
import dev.bulkhead.cluster.Link;
import dev.bulkhead.status.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the cluster of an environment. */
public final class Whereabouts {

    private final Hub hub;
    private final Connections connections;

    public Whereabouts(Hub hub, Connections connections) {
        this.hub = hub;
        this.connections = connections;
    }

    /** The way to a cluster, by the name of its TargetCluster. */
    public Link link(String cluster) {
        return hub.cluster(cluster)
                .map(connections::link)
                .orElseGet(() -> new Link.Broken(
                        Reason.WaitingForCluster,
                        "It isn't there. Create it%s"
                                .formatted(
                                        connections.isPinned(cluster) ? " again, and what was there is found" : "")));
    }

    /** Where an environment is that leaves, whatever became of its class and of its TargetCluster. */
    public Where of(Environment environment) {
        var cluster = cluster(hub, environment);
        if (cluster.isEmpty() || !connections.isPinned(cluster.get()) && isNowhere(environment, cluster.get())) {
            // Before anything is written to another cluster that is pinned: it can have been nowhere but here.
            return new Where.Here(connections.local());
        }
        return where(cluster.get());
    }

    private boolean isNowhere(Environment environment, String cluster) {
        var status = environment.getStatus();
        return hub.cluster(cluster).isEmpty() || status == null || status.cluster() == null;
    }

    private Where where(String cluster) {
        return where(cluster, link(cluster));
    }

    static Where where(String cluster, Link link) {
        return switch (link) {
            case Link.Open open -> new Where.Here(open.connection());
            case Link.Connecting _ -> new Where.Away(cluster, false, "it is being connected");
            // Where another process may write, the cluster is well: it isn't lost, and soon open again.
            case Link.Broken broken -> new Where.Away(cluster, broken.reason() != Reason.Fenced, broken.message());
        };
    }

    /** Every cluster that there is, our own first. */
    public Map<String, Where> everywhere() {
        var all = new LinkedHashMap<String, Where>();
        all.put(Connections.LOCAL, new Where.Here(connections.local()));
        hub.clusters().stream()
                .filter(it -> it.getSpec().local() == null)
                .map(it -> it.getMetadata().getName())
                .forEach(it -> all.put(it, where(it)));
        return all;
    }

    /** The cluster that an environment is in, or is meant to be in. */
    public static Optional<String> cluster(Hub hub, Environment environment) {
        var named = environment.getSpec().clusterRef();
        var status = environment.getStatus();
        return named != null
                ? Optional.of(named.name())
                : Optional.ofNullable(status == null ? null : status.cluster())
                        .or(() -> Gatherer.ofClass(hub, environment));
    }
}
