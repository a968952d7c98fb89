package dev.bulkhead.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The operator as it is shipped, in a JVM with chosen flags, that can be weighed. */
final class OperatorJvm implements AutoCloseable {

    private static final Pattern HEAP_USED = Pattern.compile("total \\d+K, used (\\d+)K|used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)$");
    private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Process process;
    private final Path bin = Path.of(System.getProperty("java.home"), "bin");

    private OperatorJvm(ProcessBuilder builder) {
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("the operator does not start", e);
        }
    }

    static OperatorJvm start(Settings settings, Path kubeconfig, String log) {
        var jar = settings.tree().resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "the operator is not built: %s is missing. Run `make build`".formatted(jar));
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(settings.jvmFlags());
        command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=0", "-jar", jar.toString()));
        var file = settings.tree().resolve(Path.of("target", "bench", log));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()));
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("BULKHEAD_LEADER_ELECTION_ENABLED", "false");
        // Target clusters of a measurement are on this machine.
        builder.environment().put("BULKHEAD_TARGET_CIDRS", "127.0.0.0/8");
        // As in the image.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return new OperatorJvm(builder);
    }

    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    double residentMebibytes() {
        return status(RESIDENT) / 1024;
    }

    double peakMebibytes() {
        return status(PEAK) / 1024;
    }

    /** Those of the operating system: virtual threads are none. */
    double threads() {
        return status(THREADS);
    }

    /** After a full collection: what is really needed. */
    double heapMebibytes() {
        jcmd("GC.run");
        var used = HEAP_USED.matcher(jcmd("GC.heap_info"));
        double kibibytes = 0;
        while (used.find()) {
            kibibytes += Double.parseDouble(used.group(1) == null ? used.group(2) : used.group(1));
        }
        return kibibytes / 1024;
    }

    /** Starts a flight recording, which {@link #close} writes. */
    void record(Path file) {
        jcmd("JFR.start", "settings=profile", "filename=" + file, "dumponexit=true");
    }

    boolean isRunning() {
        return process.isAlive();
    }

    private double status(Pattern line) {
        try {
            var found = line.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
            if (!found.find()) {
                throw new IllegalStateException("/proc doesn't tell the memory of the operator: has it ended?");
            }
            return Double.parseDouble(found.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException("the operator has ended; its log is in target/bench", e);
        }
    }

    private String jcmd(String... words) {
        var command = new ArrayList<>(List.of(bin.resolve("jcmd").toString(), Long.toString(process.pid())));
        command.addAll(List.of(words));
        try {
            var asked = new ProcessBuilder(command).redirectErrorStream(true).start();
            var answer = new String(asked.getInputStream().readAllBytes());
            if (asked.waitFor() != 0) {
                throw new IllegalStateException("%s failed: %s".formatted(String.join(" ", command), answer));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("jcmd does not run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while weighing the operator", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
