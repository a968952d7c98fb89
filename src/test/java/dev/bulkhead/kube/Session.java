package dev.bulkhead.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The clusters of one JVM: started when first asked for. The main one is stopped at the end, the others after each class. */
final class Session implements AutoCloseable {

    private static final String MAIN = "main";

    private final Map<String, String> environment;
    private final ClusterSource source;
    private final Manifests manifests;
    private final Path tree;
    private final JvmLog log = new JvmLog().listen();
    private final Map<String, KubeCluster> clusters = new LinkedHashMap<>();
    private final Map<String, KubernetesClient> clients = new LinkedHashMap<>();
    private @Nullable Optional<String> databases;

    Session(Path tree, Map<String, String> environment) {
        this.tree = tree;
        this.environment = environment;
        this.source = new ClusterSource(tree, environment, line -> System.err.println("[kube] " + line));
        this.manifests = new Manifests(tree);
        // Below INFO the HTTP client logs bodies, and a body may be a Secret.
        Logger.getLogger("").setLevel(Level.INFO);
    }

    static Session ofThisProcess() {
        // Maven starts the tests in the root of the tree.
        return new Session(Path.of("").toAbsolutePath(), System.getenv());
    }

    Path tree() {
        return tree;
    }

    /** What was logged last by what runs in this JVM. */
    List<String> log() {
        return log.lines();
    }

    boolean onCi() {
        return environment.getOrDefault("CI", "").equals("true");
    }

    synchronized KubeCluster main() {
        return clusters.computeIfAbsent(MAIN, name -> withKinds(checked(source.main(uniquely(name), node()))));
    }

    synchronized KubeCluster another(String name, NodeRequest node) {
        return clusters.computeIfAbsent(name, _ -> withKinds(source.another(uniquely(name), node)));
    }

    /** Brings the image of PostgreSQL and MariaDB to the main cluster, the first time; says why, if it can't. */
    synchronized Optional<String> withoutDatabases() {
        if (databases == null) {
            try {
                main().loadImage(source.databases());
                databases = Optional.empty();
            } catch (IllegalStateException e) {
                databases = Optional.of("this test needs an image of PostgreSQL and MariaDB: " + e.getMessage());
            }
        }
        return databases;
    }

    /** A shared client, for the tests' own use. */
    synchronized KubernetesClient client(KubeCluster cluster) {
        return clients.computeIfAbsent(cluster.name(), _ -> cluster.client("bulkhead-test"));
    }

    /** A test's own view of a cluster. */
    TestCluster view(KubeCluster cluster) {
        return new TestCluster(cluster, client(cluster), manifests);
    }

    Verdicts verdicts() {
        return new Verdicts(source.tool("kstatus"), tree.resolve("helm/argocd/health.lua"));
    }

    /** All but the main one: idle, they would cost memory for the rest of a run. */
    synchronized void stopOthers() {
        stop(clusters.keySet().stream().filter(name -> !name.equals(MAIN)).toList());
    }

    @Override
    public synchronized void close() {
        stop(List.copyOf(clusters.keySet()));
        log.close();
    }

    private void stop(List<String> names) {
        names.reversed().forEach(name -> {
            var cluster = clusters.remove(name);
            Optional.ofNullable(clients.remove(cluster.name())).ifPresent(KubernetesClient::close);
            cluster.close();
        });
    }

    private NodeRequest node() {
        var asked = environment.getOrDefault("BULKHEAD_NODE", onCi() ? "real" : "auto");
        return NodeRequest.valueOf(asked.toUpperCase(Locale.ROOT));
    }

    /** On CI nothing may pass for want of a node. */
    private KubeCluster checked(KubeCluster cluster) {
        if (onCi() && cluster.node() != NodeKind.REAL) {
            cluster.close();
            throw new IllegalStateException(
                    "CI=true, but this is %s: run as root with containerd, or give a cluster with BULKHEAD_KUBECONFIG"
                            .formatted(cluster.description()));
        }
        return cluster;
    }

    private KubeCluster withKinds(KubeCluster cluster) {
        new Installation(view(cluster)).customResourceDefinitions();
        return cluster;
    }

    /** Two runs on one machine must not meet. */
    private static String uniquely(String name) {
        return name + "-" + ProcessHandle.current().pid();
    }
}
