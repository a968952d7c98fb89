package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.status.Reason;
import java.util.Map;

/** The target clusters, by the name of their TargetCluster, and how each is reached. */
public final class Connections implements AutoCloseable {

    /** What our own cluster is called where several are told apart. */
    public static final String LOCAL = "local";

    private final Connection local;

    public Connections(Connection local) {
        this.local = local;
    }

    /** The way to a cluster. Never waits. */
    public Link link(TargetCluster cluster) {
        return cluster.getSpec().local() == null
                ? new Link.Broken(
                        Reason.WaitingForCluster, "This version connects to its own cluster only: set spec.local to {}")
                : new Link.Open(local);
    }

    /** Whether a TargetCluster of that name has stood for another cluster than ours, and so may still do. */
    public boolean isPinned(String cluster) {
        return false;
    }

    public Connection local() {
        return local;
    }

    /** Those that are open now. */
    public Map<String, Connection> open() {
        return Map.of(LOCAL, local);
    }

    @Override
    public void close() {
        local.close();
    }
}
