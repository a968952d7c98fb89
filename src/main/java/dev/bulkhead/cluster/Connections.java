package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.status.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The target clusters, by the name of their TargetCluster, and how each is reached. Nothing here ever waits for one. */
public final class Connections implements AutoCloseable {

    /** What our own cluster is called where several are told apart. */
    public static final String LOCAL = "local";

    private final ConnectionContext context;
    private final Consumer<String> changed;
    private final Map<String, Connector> connectors = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param changed told of the name of a TargetCluster of which there is something new to say */
    public Connections(ConnectionContext context, Consumer<String> changed) {
        this.context = context;
        this.changed = changed;
    }

    /** The way to a cluster, for who wants to use it: from now on it is opened, and kept open for a while. */
    public Link link(TargetCluster cluster) {
        return connector(cluster).map(Connector::use).orElseGet(() -> new Link.Open(local()));
    }

    /** What is known of a cluster, for who only asks. */
    public ClusterState state(TargetCluster cluster) {
        return connector(cluster).map(Connector::state).orElseGet(() -> own(cluster));
    }

    private ClusterState own(TargetCluster cluster) {
        return new ClusterState(
                new Link.Open(local()),
                context.clock().instant(),
                Optional.of(new ProbeResult.Healthy(
                        local().capabilities().version(),
                        local().uid(),
                        Optional.empty(),
                        local().capabilities().account(),
                        local().capabilities().offers())),
                !context.index().usersOf(cluster.getMetadata().getName()).isEmpty());
    }

    private Optional<Connector> connector(TargetCluster cluster) {
        var source = cluster.getSpec().kubeconfig();
        if (source == null) {
            return Optional.empty();
        }
        var name = cluster.getMetadata().getName();
        var connector = connectors.computeIfAbsent(name, _ -> {
            var made = new Connector(name, source.secretRef(), context, () -> changed.accept(name));
            if (!closed) {
                made.start();
            }
            return made;
        });
        connector.by(source.secretRef());
        return Optional.of(connector);
    }

    /** Whether a TargetCluster of that name has stood for another cluster than ours, and so may still do. */
    public boolean isPinned(String cluster) {
        return context.pins().has(cluster);
    }

    /** Some kubeconfig may have changed. */
    public void secretsChanged() {
        connectors.values().forEach(Connector::prompt);
    }

    /** There is a reason to look at a cluster again. */
    public void prompt(String cluster) {
        Optional.ofNullable(connectors.get(cluster)).ifPresent(Connector::prompt);
    }

    /** Every few seconds: looks after the watches, and lets go of clusters whose TargetCluster is gone. */
    public void tend() {
        var names = context.index().names();
        connectors.forEach((name, connector) -> {
            if (names.contains(name)) {
                connector.tend();
            } else if (connectors.remove(name, connector)) {
                Thread.ofVirtual().name("bulkhead-connector-end").start(connector::close);
            }
        });
    }

    public Connection local() {
        return context.own();
    }

    /** Those that are open now, our own among them. */
    public Map<String, Connection> open() {
        var open = new HashMap<String, Connection>();
        open.put(LOCAL, local());
        connectors.forEach((name, connector) -> connector.connection().ifPresent(it -> open.put(name, it)));
        return Map.copyOf(open);
    }

    /** Why each cluster that isn't reached isn't. */
    public Map<String, Reason> broken() {
        var broken = new HashMap<String, Reason>();
        connectors.forEach((name, connector) -> {
            if (connector.state().link() instanceof Link.Broken it) {
                broken.put(name, it.reason());
            }
        });
        return Map.copyOf(broken);
    }

    @Override
    public void close() {
        closed = true;
        var ending = connectors.values().stream()
                .map(it -> Thread.ofVirtual().name("bulkhead-connector-end").start(it::close))
                .toList();
        ending.forEach(Connections::join);
        local().close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
