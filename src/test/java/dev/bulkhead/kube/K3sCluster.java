package dev.bulkhead.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** K3s in a container: the quick way wherever a Docker engine answers. */
final class K3sCluster implements KubeCluster {

    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");

    /** Who asked what, never a body: a body could be a Secret. */
    private static final String AUDIT_POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - {level: None, nonResourceURLs: ["/healthz*", "/livez*", "/readyz*"]}
            - {level: Metadata}
            """;

    private final String name;
    private final K3sContainer container;
    private final Path directory;

    private K3sCluster(String name, K3sContainer container, Path directory) {
        this.name = name;
        this.container = container;
        this.directory = directory;
    }

    static boolean dockerAnswers() {
        return mayHaveDocker() && DockerClientFactory.instance().isDockerAvailable();
    }

    /** Testcontainers logs an error with a stack trace where there is no engine at all, so it is only asked where there may be one. */
    private static boolean mayHaveDocker() {
        var home = Path.of(System.getProperty("user.home"));
        return System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(home.resolve(".docker/run/docker.sock"))
                || Files.exists(home.resolve(".testcontainers.properties"))
                || Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
                        .map(directory -> Path.of(directory, "docker.sock"))
                        .filter(Files::exists)
                        .isPresent();
    }

    static K3sCluster start(String name, Path image, Consumer<String> progress) {
        try {
            var directory = Files.createTempDirectory("bulkhead-" + name + "-");
            var policy = Files.writeString(directory.resolve("audit-policy.yaml"), AUDIT_POLICY);
            var audit = Files.createDirectory(directory.resolve("audit"));
            var container = new K3sContainer(IMAGE);
            container
                    .withCopyFileToContainer(MountableFile.forHostPath(policy), "/etc/bulkhead/audit-policy.yaml")
                    .withFileSystemBind(audit.toString(), "/var/log/bulkhead", BindMode.READ_WRITE)
                    .withCommand(
                            "server",
                            "--disable=traefik",
                            "--tls-san=" + container.getHost(),
                            "--kube-apiserver-arg=audit-policy-file=/etc/bulkhead/audit-policy.yaml",
                            "--kube-apiserver-arg=audit-log-path=/var/log/bulkhead/audit.log")
                    .withStartupTimeout(Duration.ofMinutes(3));
            progress.accept("starting K3s (%s) in a container".formatted(IMAGE));
            container.start();
            Files.writeString(directory.resolve("kubeconfig"), container.getKubeConfigYaml());
            var cluster = new K3sCluster(name, container, directory);
            cluster.loadImage(image);
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException("no place for the files of cluster " + name, e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    @Override
    public NodeKind node() {
        return NodeKind.REAL;
    }

    @Override
    public Optional<Path> auditLog() {
        return Optional.of(directory.resolve("audit/audit.log"));
    }

    @Override
    public List<String> kubectl() {
        return List.of("kubectl");
    }

    @Override
    public void loadImage(Path tar) {
        try {
            container.copyFileToContainer(MountableFile.forHostPath(tar), "/tmp/image.tar");
            var result = container.execInContainer("ctr", "-n", "k8s.io", "images", "import", "/tmp/image.tar");
            if (result.getExitCode() != 0) {
                throw new IllegalStateException("K3s does not take %s: %s"
                        .formatted(tar, result.getStderr().strip()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while loading " + tar, e);
        }
    }

    @Override
    public String description() {
        return "K3s in a container";
    }

    @Override
    public void close() {
        container.stop();
        try (var files = Files.walk(directory)) {
            // Deepest first; what root wrote inside the container stays if we are not root.
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException _) {
            // A temporary directory that can't be listed is not worth failing a test run.
        }
    }
}
