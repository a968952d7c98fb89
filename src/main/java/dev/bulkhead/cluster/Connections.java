package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.SecretReader;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** The target clusters that are connected, by the name of their TargetCluster. For now there is one, our own. */
public final class Connections implements AutoCloseable {

    /** What our own cluster is called where several are told apart. */
    public static final String LOCAL = "local";

    private final Connection local;

    private Connections(Connection local) {
        this.local = local;
    }

    public static Connections open(
            KubernetesClient client,
            String hubId,
            OperatorAccount account,
            Digest digest,
            SecretReader secrets,
            Clock clock,
            Consumer<EnvironmentId> changed) {
        return new Connections(Connection.open(client, hubId, account, digest, secrets, clock, changed));
    }

    /** The connection to a cluster. Never waits: a cluster that isn't connected is absent. */
    public Optional<Connection> find(TargetCluster cluster) {
        return cluster.getSpec().local() == null ? Optional.empty() : Optional.of(local);
    }

    public Connection local() {
        return local;
    }

    @Override
    public void close() {
        local.close();
    }
}
