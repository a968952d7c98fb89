package dev.bulkhead.it;

import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the operator's pods cost on the node: printed, to be kept in docs/install.md. */
final class Footprint {

    private static final Pattern UP = Pattern.compile("Bulkhead is up[^\"]*");
    private static final Pattern MEMORY = Pattern.compile("(?m)^(VmRSS|RssAnon|RssFile):\\s+(\\d+) kB$");

    private Footprint() {}

    static void say(String what, Instant since) {
        System.err.printf(
                "[chart] %s: %.1f s%n",
                what, Duration.between(since, Instant.now()).toMillis() / 1000.0);
    }

    static void say(TestCluster cluster) {
        var pods = cluster.client().pods().inNamespace("bulkhead-system");
        pods.list().getItems().forEach(pod -> UP.matcher(log(cluster, pod))
                .results()
                .forEach(it -> System.err.printf(
                        "[chart] pod %s: %s%n", pod.getMetadata().getName(), it.group())));
        ProcessHandle.allProcesses()
                .filter(it -> it.info()
                        .commandLine()
                        .filter(line -> line.contains("-XX:AOTCache=operator.aot"))
                        .isPresent())
                .forEach(it -> System.err.printf("[chart] memory of a replica: %s%n", memory(it.pid())));
    }

    static String log(TestCluster cluster, Pod pod) {
        return cluster.client()
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .getLog();
    }

    private static String memory(long pid) {
        try {
            return MEMORY.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")))
                    .results()
                    .map(it -> "%s %d MiB".formatted(it.group(1), Long.parseLong(it.group(2)) / 1024))
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
