package dev.bulkhead.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/** The operator as it is shipped: a JVM of its own, with its log in a file. */
public final class OperatorProcess implements OperatorUnderTest {

    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

    /**
     * Runs a program until it ends, or until standard input does: that happens when we close it, and when we die, even by
     * kill -9, which no shutdown hook of ours survives.
     */
    private static final String GUARD = """
            exec 3<&0
            "$@" < /dev/null &
            program=$!
            (cat <&3; kill "$program") > /dev/null 2>&1 &
            exec 3<&-
            wait "$program"
            """;

    private final Path tree;
    private final KubeCluster cluster;
    private final Path log;
    private final Map<String, String> environment;
    private final LogTail tail = new LogTail();
    private final Semaphore ears = new Semaphore(1);
    private Process process;

    OperatorProcess(Path tree, KubeCluster cluster, Path log, Map<String, String> environment) {
        this.tree = tree;
        this.cluster = cluster;
        this.log = log;
        this.environment = new HashMap<>(environment);
    }

    /** Told to it from its next start on. */
    public void setEnvironment(String variable, String value) {
        environment.put(variable, value);
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        var application = tree.resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(application)) {
            throw new IllegalStateException(
                    "the operator is not built: %s is missing. Run `make build`".formatted(application));
        }
        try {
            Files.createDirectories(log.getParent());
            // Only our own JVM is sure to be the right one: `java` on the PATH may be older.
            var java = Path.of(System.getProperty("java.home"), "bin", "java");
            var builder = new ProcessBuilder(
                            "sh",
                            "-c",
                            GUARD,
                            "operator",
                            java.toString(),
                            "@" + tree.resolve("src/main/docker/jvm.options"),
                            "-jar",
                            application.toString())
                    .redirectErrorStream(true);
            builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
            // It has the cluster alone, unless the caller says otherwise.
            builder.environment().put("BULKHEAD_LEADER_ELECTION_ENABLED", "false");
            // The targets of a test are on its own machine.
            builder.environment().put("BULKHEAD_TARGET_CIDRS", "127.0.0.0/8");
            builder.environment().putAll(environment);
            process = builder.start();
            follow(process);
        } catch (IOException e) {
            throw new UncheckedIOException("the operator does not start", e);
        }
    }

    private void follow(Process started) {
        Thread.ofPlatform().daemon().name("operator-log").start(() -> {
            try (var file = Files.newBufferedWriter(log)) {
                for (var line : (Iterable<String>)
                        started.inputReader(StandardCharsets.UTF_8).lines()::iterator) {
                    tail.add(line);
                    file.write(line);
                    file.newLine();
                    file.flush();
                    ears.acquireUninterruptibly();
                    ears.release();
                }
            } catch (IOException | UncheckedIOException e) {
                tail.add("(the log ends here: " + e.getMessage() + ")");
            }
        });
    }

    @Override
    public void stop() {
        if (isRunning()) {
            release();
            awaitEnd();
        }
    }

    /** What a node that loses its power does to the operator. */
    public void kill() {
        if (isRunning()) {
            jvm().destroyForcibly();
            awaitEnd();
            release();
        }
    }

    /** Nobody takes its log any more, until somebody listens again: what is between fills up, and then it can't speak. */
    public void stopListening() {
        ears.acquireUninterruptibly();
    }

    public void listen() {
        ears.release();
    }

    /** Stops it without its knowledge, as a machine does that is out of breath. */
    public void pause() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Commands.run(List.of("kill", signal, Long.toString(pid())), STOP);
    }

    /** How it ended, once it has. */
    public OptionalInt exitCode() {
        return process == null || process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    private void release() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It has ended already.
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.waitFor(STOP);
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private ProcessHandle jvm() {
        return process.children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the operator does not run"));
    }

    @Override
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public List<String> lastLog() {
        return tail.lines();
    }

    /** Its metrics. */
    public Scrape scrape() {
        try {
            var port = LISTENING
                    .matcher(Files.readString(log))
                    .results()
                    .reduce((_, last) -> last)
                    .orElseThrow(() -> new IllegalStateException("the operator listens to nothing yet"));
            return Scrape.of(Integer.parseInt(port.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operating system's id of its JVM. */
    public long pid() {
        return jvm().pid();
    }

    /** What lives in its heap, after a full collection. */
    public HeapText heap() {
        var dump = log.resolveSibling("operator.hprof").toAbsolutePath();
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Commands.run(List.of(jcmd, Long.toString(pid()), "GC.heap_dump", "-overwrite", dump.toString()), LIMIT);
        try {
            var text = HeapText.read(dump);
            Files.delete(dump);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
