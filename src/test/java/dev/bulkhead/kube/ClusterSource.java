package dev.bulkhead.kube;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Decides where a cluster comes from: the one that {@code BULKHEAD_KUBECONFIG} names, else K3s where Docker answers, else
 * plain processes. The user's current context is never touched.
 */
public final class ClusterSource {

    private static final Duration FIRST_BUILD = Duration.ofHours(1);

    private final Path tree;
    private final Map<String, String> environment;
    private final Consumer<String> progress;

    /** @param tree the root of the source tree */
    public ClusterSource(Path tree, Map<String, String> environment, Consumer<String> progress) {
        this.tree = tree;
        this.environment = environment;
        this.progress = progress;
    }

    /** The cluster that a whole run shares. */
    public KubeCluster main(String name, NodeRequest node) {
        var external = environment.getOrDefault("BULKHEAD_KUBECONFIG", "");
        return external.isBlank() ? another(name, node) : ExternalCluster.of(existing(Path.of(external)));
    }

    /** A cluster beside the main one, always of our own making. */
    public KubeCluster another(String name, NodeRequest node) {
        var bin = build();
        // K3s brings a node along, so what is to be without one, or simulated, is made of processes.
        var k3s = (node == NodeRequest.REAL || node == NodeRequest.AUTO) && K3sCluster.dockerAnswers();
        return k3s ? K3sCluster.start(name, image(bin), progress) : LauncherCluster.start(bin, name, node, progress);
    }

    /** A program of src/test/kube. */
    Path tool(String name) {
        return build().resolve(name);
    }

    /** The archive of an image with two database servers. */
    Path databases() {
        return build("databases").resolveSibling("images").resolve("databases.tar");
    }

    private Path build(String... what) {
        var script = tree.resolve("src/test/kube/build.sh").toAbsolutePath();
        var command =
                Stream.concat(Stream.of(script.toString()), Stream.of(what)).toList();
        return Path.of(Commands.run(command, FIRST_BUILD, progress).strip());
    }

    private static Path image(Path bin) {
        return bin.resolveSibling("images").resolve("testapp.tar");
    }

    private static Path existing(Path kubeconfig) {
        if (!Files.isReadable(kubeconfig)) {
            throw new IllegalStateException(
                    "BULKHEAD_KUBECONFIG names %s, which is not readable: correct or unset it".formatted(kubeconfig));
        }
        return kubeconfig;
    }
}
