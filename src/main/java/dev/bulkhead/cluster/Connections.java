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

    private final Harbour harbour;
    private final Consumer<String> changed;
    private final Map<String, Cable> cables = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param changed told of the name of a TargetCluster of which there is something new to say */
    public Connections(Harbour harbour, Consumer<String> changed) {
        this.harbour = harbour;
        this.changed = changed;
    }

    /** The way to a cluster, for who wants to use it: from now on it is opened, and kept open for a while. */
    public Link link(TargetCluster cluster) {
        return cable(cluster).map(Cable::use).orElseGet(() -> new Link.Open(local()));
    }

    /** What is known of a cluster, for who only asks. */
    public Outlook outlook(TargetCluster cluster) {
        return cable(cluster).map(Cable::outlook).orElseGet(() -> own(cluster));
    }

    private Outlook own(TargetCluster cluster) {
        return new Outlook(
                new Link.Open(local()),
                harbour.clock().instant(),
                Optional.of(new Sounding.Well(
                        local().capabilities().version(),
                        local().uid(),
                        Optional.empty(),
                        local().capabilities().account(),
                        local().capabilities().offers())),
                !harbour.fleet().usersOf(cluster.getMetadata().getName()).isEmpty());
    }

    private Optional<Cable> cable(TargetCluster cluster) {
        var source = cluster.getSpec().kubeconfig();
        if (source == null) {
            return Optional.empty();
        }
        var name = cluster.getMetadata().getName();
        var cable = cables.computeIfAbsent(name, _ -> {
            var made = new Cable(name, source.secretRef(), harbour, () -> changed.accept(name));
            if (!closed) {
                made.start();
            }
            return made;
        });
        cable.by(source.secretRef());
        return Optional.of(cable);
    }

    /** Whether a TargetCluster of that name has stood for another cluster than ours, and so may still do. */
    public boolean isPinned(String cluster) {
        return harbour.pins().has(cluster);
    }

    /** Some kubeconfig may have changed. */
    public void secretsChanged() {
        cables.values().forEach(Cable::prompt);
    }

    /** There is a reason to look at a cluster again. */
    public void prompt(String cluster) {
        Optional.ofNullable(cables.get(cluster)).ifPresent(Cable::prompt);
    }

    /** Every few seconds: looks after the watches, and lets go of clusters whose TargetCluster is gone. */
    public void tend() {
        var names = harbour.fleet().names();
        cables.forEach((name, cable) -> {
            if (names.contains(name)) {
                cable.tend();
            } else if (cables.remove(name, cable)) {
                Thread.ofVirtual().name("bulkhead-cable-end").start(cable::close);
            }
        });
    }

    public Connection local() {
        return harbour.own();
    }

    /** Those that are open now, our own among them. */
    public Map<String, Connection> open() {
        var open = new HashMap<String, Connection>();
        open.put(LOCAL, local());
        cables.forEach((name, cable) -> cable.connection().ifPresent(it -> open.put(name, it)));
        return Map.copyOf(open);
    }

    /** Why each cluster that isn't reached isn't. */
    public Map<String, Reason> broken() {
        var broken = new HashMap<String, Reason>();
        cables.forEach((name, cable) -> {
            if (cable.outlook().link() instanceof Link.Broken it) {
                broken.put(name, it.reason());
            }
        });
        return Map.copyOf(broken);
    }

    @Override
    public void close() {
        closed = true;
        var ending = cables.values().stream()
                .map(it -> Thread.ofVirtual().name("bulkhead-cable-end").start(it::close))
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
