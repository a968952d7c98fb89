package dev.bulkhead.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A copy of all that a cluster stores. Brought back, it takes the versions of all objects back with it. */
public final class Backup {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Path cluster;

    private Backup(Path cluster) {
        this.cluster = cluster;
    }

    /** @param cluster the folder of a cluster of plain processes */
    static Backup of(Path cluster) {
        var backup = new Backup(cluster);
        // What a machine would have on its disk if it stopped now: etcd makes do with that.
        backup.signal("etcd", "-STOP");
        try {
            copy(cluster.resolve("etcd"), cluster.resolve("etcd.kept"));
        } finally {
            backup.signal("etcd", "-CONT");
        }
        return backup;
    }

    /** Returns at once: the API server is away for some seconds. */
    public void bringBack() {
        try {
            // The launcher puts it in its place before it starts etcd again.
            Files.move(cluster.resolve("etcd.kept"), cluster.resolve("etcd.restore"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        signal("kube-apiserver", "-KILL");
        signal("etcd", "-KILL");
        // As Kubernetes tells whoever restores: what it has cached is of a world that is no more, and it would never
        // know.
        signal("kube-controller-manager", "-KILL");
    }

    private void signal(String program, String signal) {
        var process = ProcessHandle.allProcesses()
                .filter(it -> it.info()
                        .arguments()
                        .filter(arguments -> arguments.length > 0
                                && arguments[0].equals(program)
                                && Arrays.stream(arguments).anyMatch(argument -> argument.contains(cluster + "/")))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("%s of %s doesn't run".formatted(program, cluster)));
        Commands.run(List.of("kill", signal, Long.toString(process.pid())), SOON);
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
