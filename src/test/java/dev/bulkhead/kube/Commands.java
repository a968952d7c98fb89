package dev.bulkhead.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Runs a program to its end. */
final class Commands {

    private Commands() {}

    /** The standard output; what the program says on standard error is part of the message if it fails. */
    static String run(List<String> command, Duration limit) {
        var said = new StringBuffer();
        return run(command, Map.of(), limit, line -> said.append(line).append('\n'), said);
    }

    /** The standard output; standard error goes line by line to the listener. */
    static String run(
            List<String> command, Map<String, String> environment, Duration limit, Consumer<String> progress) {
        return run(command, environment, limit, progress, new StringBuffer());
    }

    private static String run(
            List<String> command,
            Map<String, String> environment,
            Duration limit,
            Consumer<String> progress,
            StringBuffer said) {
        try {
            var builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var output = CompletableFuture.supplyAsync(() -> readAll(process));
            var errors = CompletableFuture.runAsync(
                    () -> process.errorReader(StandardCharsets.UTF_8).lines().forEach(progress));
            if (!process.waitFor(limit)) {
                process.destroyForcibly();
                throw new IllegalStateException("%s was not done after %s".formatted(String.join(" ", command), limit));
            }
            errors.join();
            if (process.exitValue() != 0) {
                throw new IllegalStateException("%s ended with exit code %d. %s"
                        .formatted(
                                String.join(" ", command),
                                process.exitValue(),
                                said.toString().strip()));
            }
            return output.join();
        } catch (IOException e) {
            throw new UncheckedIOException("%s does not start".formatted(String.join(" ", command)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + String.join(" ", command), e);
        }
    }

    private static String readAll(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
