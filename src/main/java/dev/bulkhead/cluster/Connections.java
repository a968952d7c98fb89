package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.status.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The target clusters, by the name of their TargetCluster, and how each is reached. Nothing here ever waits for one. */
public final class Connections implements AutoCloseable {

    /** What our own cluster is called where several are told apart. */
    public static final String LOCAL = "local";

    /** A cluster that answers slowly, or a name that is being looked up, must not keep the process from its end. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final ConnectionContext context;
    private final Consumer<String> changed;
    private final Map<String, Connector> connectors = new ConcurrentHashMap<>();
    private final Map<String, Thread> endings = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param changed told of the name of a TargetCluster of which there is something new to say */
    public Connections(ConnectionContext context, Consumer<String> changed) {
        this.context = context;
        this.changed = changed;
    }

    /** The way to a cluster, for who wants to use it: from now on it is opened, and kept open for a while. */
    public Link link(TargetCluster cluster) {
        return connector(cluster).map(Connector::use).orElseGet(() -> here(cluster));
    }

    /** Our own cluster, unless another is meant by that name. */
    private Link here(TargetCluster cluster) {
        return context.pins()
                .objection(cluster.getMetadata().getName(), local().uid())
                .<Link>map(it -> new Link.Broken(it.reason(), it.message()))
                .orElseGet(() -> new Link.Open(local()));
    }

    /** What is known of a cluster, for who only asks. */
    public ClusterState state(TargetCluster cluster) {
        return connector(cluster).map(Connector::state).orElseGet(() -> own(cluster));
    }

    private ClusterState own(TargetCluster cluster) {
        return new ClusterState(
                here(cluster),
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
            var made = new Connector(
                    name,
                    source.secretRef(),
                    context,
                    Optional.ofNullable(endings.get(name)),
                    () -> changed.accept(name));
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

    /** Every few seconds: looks after the watches, and lets go of clusters that no TargetCluster is elsewhere for. */
    public void tend() {
        endings.values().removeIf(it -> !it.isAlive());
        var elsewhere = context.index().elsewhere();
        connectors.forEach((name, connector) -> {
            if (elsewhere.contains(name)) {
                connector.tend();
            } else {
                connectors.computeIfPresent(name, this::end);
            }
        });
    }

    private @Nullable Connector end(String name, Connector connector) {
        endings.put(name, ending(connector));
        return null;
    }

    private static Thread ending(Connector connector) {
        return Thread.ofVirtual().name("bulkhead-connector-end").start(connector::close);
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
        var elsewhere = context.index().elsewhere();
        context.index().names().stream()
                .filter(name -> !elsewhere.contains(name))
                .forEach(name ->
                        context.pins().objection(name, local().uid()).ifPresent(it -> broken.put(name, it.reason())));
        return Map.copyOf(broken);
    }

    @Override
    public void close() {
        closed = true;
        var end = System.nanoTime() + FAREWELL.toNanos();
        connectors.values().stream()
                .map(Connections::ending)
                .toList()
                .forEach(it -> join(it, Duration.ofNanos(end - System.nanoTime())));
        local().close();
    }

    private static void join(Thread thread, Duration atMost) {
        try {
            thread.join(atMost);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
