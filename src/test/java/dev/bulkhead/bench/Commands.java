package dev.bulkhead.bench;

import dev.bulkhead.cli.manifest.Folder;
import dev.bulkhead.cli.manifest.Folder.Unreadable;
import dev.bulkhead.cli.plan.Planning;
import dev.bulkhead.cluster.Capabilities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The command line, as somebody types it, and what is within it. No cluster is needed. */
record Commands(Settings settings) implements Measurement {

    private static final int WORKLOADS = 500;
    private static final int CALLS = 4;
    private static final int RUNS = 10;

    @Override
    public List<Figure> take() {
        try {
            var many = many();
            var files = Folder.read(many);
            return List.of(
                    typed("the command alone", "--help"),
                    typed("plan of the quickstart", "plan", "-f", "examples/quickstart")
                            .aimingAt("under 0.5 s"),
                    typed("plan of 500 workloads with 2,000 calls, as a command", "plan", "-f", many.toString()),
                    timed(
                                    "the same within a process that is warm, from texts to a plan",
                                    () -> new Planning("bench", _ -> Capabilities.UNKNOWN).planned(files))
                            .aimingAt("under 1 s"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Unreadable e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private Figure typed(String what, String... words) {
        var command = new ArrayList<>(
                List.of(settings.tree().resolve("target/quarkus-app/bulkhead").toString()));
        command.addAll(List.of(words));
        return timed(what, () -> {
            var code = new ProcessBuilder(command)
                    .directory(settings.tree().toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("%s ended with %d".formatted(command, code));
            }
            return code;
        });
    }

    /** The middle of the runs, of which the first isn't counted. */
    private static Figure timed(String what, Callable<?> work) {
        var seconds = IntStream.rangeClosed(0, RUNS)
                .mapToObj(_ -> seconds(work))
                .skip(1)
                .toList();
        return Figure.of("command", what + ", p50", new Samples(seconds).percentile(50), "s");
    }

    private static double seconds(Callable<?> work) {
        var before = System.nanoTime();
        try {
            work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return Samples.seconds(before, System.nanoTime());
    }

    private Path many() throws IOException {
        var folder = Files.createDirectories(settings.tree().resolve("target/bench/many"));
        Files.copy(
                settings.tree().resolve("examples/quickstart/00-platform.yaml"),
                folder.resolve("platform.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("environment.yaml"), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec: {namespaces: [{name: n0}, {name: n1}, {name: n2}, {name: n3}, {name: n4}]}
                """);
        for (var index = 0; index < WORKLOADS; index++) {
            Files.writeString(folder.resolve("w%d.yaml".formatted(index)), workload(index));
        }
        return folder;
    }

    private static String workload(int index) {
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: w%1$d, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  targetNamespace: n%2$d
                  image: registry.example.com/shop/app:1
                  replicas: 2
                  ports: [{name: http, port: 80, targetPort: 8080}]
                  calls: [%3$s]
                  probes: {readiness: {httpGet: {path: /healthz, port: http}}}
                  resources: {requests: {cpu: 10m, memory: 16Mi}}
                """.formatted(index, index % 5, calls(index));
    }

    private static String calls(int index) {
        return IntStream.rangeClosed(1, CALLS)
                .mapToObj(it -> "{workload: w%d, port: http}".formatted((index * 7 + it * 31 + 1) % WORKLOADS))
                .collect(Collectors.joining(", "));
    }
}
