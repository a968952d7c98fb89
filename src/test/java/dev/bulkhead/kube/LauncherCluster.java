package dev.bulkhead.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A Kubernetes made of plain processes by {@code bulkhead-kube}, which is our child and goes when we go. */
final class LauncherCluster implements KubeCluster {

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(45);

    /** The line that the launcher prints when everything is ready. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Up(
            String name, String kubeconfig, String auditLog, String node, String kubectl, String dir, String reason) {}

    private final Path bin;
    private final Process launcher;
    private final Up up;

    private LauncherCluster(Path bin, Process launcher, Up up) {
        this.bin = bin;
        this.launcher = launcher;
        this.up = up;
    }

    static LauncherCluster start(Path bin, String name, NodeRequest node, Consumer<String> progress) {
        var command = List.of(
                bin.resolve("bulkhead-kube").toString(),
                "up",
                "--name",
                name,
                "--node",
                node.flag(),
                "--stdin-guard",
                "--parent-pid",
                Long.toString(ProcessHandle.current().pid()));
        var launcher = spawn(command, progress);
        try {
            var line =
                    CompletableFuture.supplyAsync(() -> firstLine(launcher)).get(START.toSeconds(), TimeUnit.SECONDS);
            return new LauncherCluster(bin, launcher, new ObjectMapper().readValue(line, Up.class));
        } catch (InterruptedException e) {
            stop(launcher);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while cluster %s was starting".formatted(name), e);
        } catch (TimeoutException e) {
            stop(launcher);
            throw new IllegalStateException(
                    "cluster %s was not up after %d minutes; its progress is above. Try: %s"
                            .formatted(name, START.toMinutes(), String.join(" ", command)),
                    e);
        } catch (Exception e) {
            stop(launcher);
            throw new IllegalStateException(
                    "cluster %s did not start; its reason is above. Try: %s".formatted(name, String.join(" ", command)),
                    e);
        }
    }

    private static Process spawn(List<String> command, Consumer<String> progress) {
        try {
            // Its standard input stays open: when it closes, because we close it or die, the launcher stops.
            var process = new ProcessBuilder(command).start();
            Thread.ofPlatform().daemon().name("bulkhead-kube").start(() -> relay(process, progress));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("%s does not start".formatted(command.getFirst()), e);
        }
    }

    private static void relay(Process launcher, Consumer<String> progress) {
        try {
            launcher.errorReader(StandardCharsets.UTF_8).lines().forEach(progress);
        } catch (UncheckedIOException _) {
            // It was killed while it was speaking.
        }
    }

    private static String firstLine(Process launcher) {
        try {
            // Not closed: the launcher's later words, if any, must not meet a broken pipe.
            var reader = new BufferedReader(new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8));
            var line = reader.readLine();
            if (line == null) {
                throw new IllegalStateException("bulkhead-kube ended with exit code " + launcher.waitFor());
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return up.name();
    }

    @Override
    public Path kubeconfig() {
        return Path.of(up.kubeconfig());
    }

    @Override
    public NodeKind node() {
        return NodeKind.of(up.node());
    }

    @Override
    public Optional<Path> auditLog() {
        return Optional.ofNullable(up.auditLog())
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }

    @Override
    public List<String> kubectl() {
        return List.of(up.kubectl());
    }

    @Override
    public void loadImage(Path tar) {
        Commands.run(
                List.of(bin.resolve("bulkhead-kube").toString(), "load", "--name", name(), tar.toString()),
                Duration.ofMinutes(1));
    }

    @Override
    public Optional<Backup> backUp() {
        return Optional.of(Backup.of(Path.of(up.dir())));
    }

    @Override
    public String description() {
        var reason = up.reason() == null || up.reason().isEmpty() ? "" : " (" + up.reason() + ")";
        return switch (node()) {
            case REAL -> "Kubernetes from plain processes, with a real node";
            case SIMULATED -> "Kubernetes from plain processes; pods are SIMULATED, no packet flows" + reason;
            case NONE -> "Kubernetes API from plain processes, without nodes";
        };
    }

    @Override
    public void close() {
        stop(launcher);
    }

    private static void stop(Process launcher) {
        try {
            launcher.getOutputStream().close();
        } catch (IOException _) {
            // The launcher has gone already, which is what we want.
        }
        try {
            if (launcher.waitFor(STOP)) {
                return;
            }
            launcher.destroy();
            if (!launcher.waitFor(STOP)) {
                launcher.destroyForcibly();
            }
        } catch (InterruptedException e) {
            launcher.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
