package dev.bulkhead.kube;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Operators beside each other, as they are shipped. Each has a name of its own, in the lease and in the audit log. */
public final class Replicas implements AutoCloseable {

    private final Path tree;
    private final KubeCluster cluster;
    private final Path logs;
    private final List<OperatorProcess> started = new ArrayList<>();
    private final Map<String, OperatorProcess> named = new HashMap<>();

    Replicas(Path tree, KubeCluster cluster, Path logs) {
        this.tree = tree;
        this.cluster = cluster;
        this.logs = logs;
    }

    public OperatorProcess start(String name) {
        return start(name, Map.of());
    }

    /** One that signs in as somebody else than an administrator. */
    public OperatorProcess start(String name, Path kubeconfig) {
        return start(name, Map.of("KUBECONFIG", kubeconfig.toString()));
    }

    /** @param settings environment variables */
    public OperatorProcess start(String name, Map<String, String> settings) {
        var environment = new HashMap<>(Map.of(
                "QUARKUS_HTTP_PORT", "0", "BULKHEAD_IDENTITY", name, "BULKHEAD_LEADER_ELECTION_ENABLED", "true"));
        environment.putAll(settings);
        var replica = new OperatorProcess(tree, cluster, logs.resolve(name + ".log"), environment);
        started.add(replica);
        named.put(name, replica);
        replica.start();
        return replica;
    }

    /** The last that was started by this name. */
    public OperatorProcess of(String name) {
        return Objects.requireNonNull(named.get(name), () -> "no replica was started as " + name);
    }

    /** What a replica of that name calls itself to the API server. */
    public static String userAgent(String name) {
        return Audit.OPERATOR + "/" + name;
    }

    /** One that is stopped would not hear that it shall end. */
    @Override
    public void close() {
        started.forEach(OperatorProcess::kill);
        started.clear();
        named.clear();
    }
}
