package dev.bulkhead.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** {@code make run}: from nothing to an environment that is Ready, until Ctrl-C takes it all away. */
public final class Run implements AutoCloseable {

    private static final String QUICKSTART = "examples/quickstart";
    /** Where the operator keeps what it remembers. */
    private static final String SYSTEM = "bulkhead-system";

    private static final Path LOG = Path.of("target", "run", "operator.log");
    private static final Duration READY = Duration.ofMinutes(5);

    private final KubeCluster kube;
    private final TestCluster cluster;
    private final List<GenericKubernetesResource> quickstart;
    private final OperatorProcess operator;
    private final int port = freePort();
    private final boolean kindsWereThere;
    private final boolean systemWasThere;
    private final boolean protectionWasThere;
    private String said = "";
    private volatile boolean failed;
    private volatile boolean stopping;

    private Run(Path tree, KubeCluster kube) {
        var manifests = new Manifests(tree);
        this.kube = kube;
        this.cluster = new TestCluster(kube, kube.client("make-run"), manifests);
        this.quickstart = manifests.read(QUICKSTART);
        this.operator = new OperatorProcess(
                tree,
                kube,
                tree.resolve(LOG),
                Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", Integer.toString(port)));
        this.systemWasThere = cluster.find("namespace", SYSTEM).isPresent();
        this.protectionWasThere = cluster.find("validatingadmissionpolicy", "bulkhead-deletion-protection")
                .isPresent();
        this.kindsWereThere = cluster.find("customresourcedefinition", "environments.bulkhead.dev")
                .isPresent();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Logger.getLogger("").setLevel(Level.WARNING);
        try {
            var tree = Path.of("").toAbsolutePath();
            say("getting a Kubernetes");
            var source = new ClusterSource(tree, System.getenv(), line -> System.out.println("   " + line));
            var run = new Run(tree, source.main("run-" + ProcessHandle.current().pid(), NodeRequest.AUTO));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(run::end));
            // make may be killed without a word to us.
            ProcessHandle.current().parent().ifPresent(make -> make.onExit().thenRun(() -> System.exit(1)));
            run.startOrEnd();
            new CountDownLatch(1).await();
        } catch (RuntimeException e) {
            System.err.println("make run: " + e.getMessage());
            System.exit(1);
        }
    }

    private void startOrEnd() {
        try {
            start();
        } catch (RuntimeException e) {
            // While we stop, whatever was still under way fails: that is no news.
            if (!stopping) {
                failed = true;
                throw e;
            }
        }
    }

    private void start() {
        say("this is " + kube.description());
        say("installing the kinds of crds/");
        new Installation(cluster).customResourceDefinitions();
        new Installation(cluster).deletionProtection();
        say("starting the operator; its log is " + LOG);
        operator.start();
        say("applying " + QUICKSTART);
        quickstart.forEach(cluster::apply);
        environments().forEach(this::awaitReady);
        System.out.println();
        System.out.print(cluster.kubectl("get", "environments,workloads", "-A").output());
        suggest();
    }

    private void awaitReady(GenericKubernetesResource environment) {
        var name = nameOf(environment);
        try {
            Awaitility.await()
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> isReady(name));
        } catch (ConditionTimeoutException _) {
            throw new IllegalStateException(
                    "environment %s was not Ready after %d minutes. It says: %s. The operator's log: %s"
                            .formatted(name, READY.toMinutes(), said, LOG));
        }
    }

    private boolean isReady(String environment) {
        if (!operator.isRunning()) {
            throw new IllegalStateException(
                    "the operator ended; its log is %s and ends with:%n%s".formatted(LOG, lastWords()));
        }
        var found = cluster.get("environment", environment);
        var ready = cluster.conditions("environment", environment).get("Ready");
        if (ready == null) {
            return false;
        }
        var saying = "environment %s is %s: %s"
                .formatted(environment, ready.isTrue() ? "Ready" : "not Ready yet, " + ready.reason(), ready.message());
        if (!saying.equals(said)) {
            say(saying);
            said = saying;
        }
        return ready.isTrue()
                && ready.observedGeneration() == found.getMetadata().getGeneration();
    }

    private String lastWords() {
        return operator.lastLog().stream()
                .filter(line -> !line.startsWith("\tat "))
                .collect(Collectors.joining("\n"));
    }

    private void suggest() {
        var kubectl =
                shownKubectl() + " --kubeconfig " + quoted(kube.kubeconfig().toString());
        var environment = environments().findFirst().orElseThrow();
        var hub = environment.getMetadata().getNamespace();
        var inside = hub + "-" + environment.getMetadata().getName() + "-";
        var namespace = cluster.client().namespaces().list().getItems().stream()
                .map(found -> found.getMetadata().getName())
                .filter(found -> found.startsWith(inside))
                .findFirst()
                .orElseThrow();
        System.out.printf("""

                Try next, in another terminal:

                  # what was made, and why it is Ready
                  %1$s describe environment %2$s -n %3$s

                  # delete a policy by hand, and see it back at once, with an Event
                  %1$s delete networkpolicy --all -n %4$s; %1$s get networkpolicy -n %4$s; %1$s get events -n %3$s

                  # delete a whole namespace, and watch it heal
                  %1$s delete namespace %4$s --wait=false; %1$s get environments -n %3$s --watch

                Metrics of the operator: http://127.0.0.1:%5$d/q/metrics
                Ctrl-C stops everything and leaves nothing behind.
                """, kubectl, environment.getMetadata().getName(), hub, namespace, port);
    }

    private Stream<GenericKubernetesResource> environments() {
        return quickstart.stream().filter(object -> object.getKind().equals("Environment"));
    }

    /** Ctrl-C is how a good run ends, and no failure. */
    private void end() {
        stopping = true;
        close();
        Runtime.getRuntime().halt(failed ? 1 : 0);
    }

    @Override
    public void close() {
        say("stopping");
        operator.stop();
        if (kube instanceof ExternalCluster) {
            leaveNothing();
        }
        cluster.client().close();
        kube.close();
        say("all is gone");
    }

    /** Ctrl-C reached the operator too, so another one has to take the environments down. */
    private void leaveNothing() {
        operator.start();
        environments().forEach(environment -> {
            cluster.patch("environment", nameOf(environment), "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
            cluster.delete("environment", nameOf(environment));
        });
        environments().forEach(environment -> cluster.awaitGone("environment", nameOf(environment)));
        operator.stop();
        quickstart.reversed().forEach(object -> cluster.delete(object.getKind(), nameOf(object)));
        quickstart.forEach(object -> cluster.awaitGone(object.getKind(), nameOf(object)));
        if (!systemWasThere) {
            cluster.delete("namespace", SYSTEM);
        }
        if (!protectionWasThere) {
            new Installation(cluster).removeDeletionProtection();
        }
        if (!kindsWereThere) {
            new Installation(cluster).removeCustomResourceDefinitions();
        }
    }

    private static String nameOf(GenericKubernetesResource object) {
        var namespace = object.getMetadata().getNamespace();
        var name = object.getMetadata().getName();
        return namespace == null ? name : namespace + "/" + name;
    }

    /** The user's own kubectl is shorter to type. */
    private String shownKubectl() {
        var onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        return onPath ? "kubectl" : kube.kubectl().stream().map(Run::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.contains(" ") ? "'" + word + "'" : word;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }

    private static void say(String words) {
        System.out.println("== " + words);
    }
}
