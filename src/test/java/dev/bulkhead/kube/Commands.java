package dev.bulkhead.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Runs a program to its end. */
public final class Commands {

    private Commands() {}

    /** The standard output of a program that must succeed. */
    public static String run(List<String> command, Duration limit) {
        return run(command, limit, _ -> {});
    }

    /** The same, while standard error goes line by line to the listener. */
    static String run(List<String> command, Duration limit, Consumer<String> progress) {
        var result = call(command, "", limit, progress);
        if (result.code() != 0) {
            throw new IllegalStateException("%s ended with exit code %d. %s"
                    .formatted(
                            String.join(" ", command),
                            result.code(),
                            result.errors().strip()));
        }
        return result.output();
    }

    /** Any end will do. */
    static CommandResult call(List<String> command, String input, Duration limit, Consumer<String> progress) {
        // A thread for each stream: a program whose one stream nobody reads comes to a halt.
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var process = new ProcessBuilder(command).start();
            var output = CompletableFuture.supplyAsync(() -> output(process), readers);
            var errors = CompletableFuture.supplyAsync(() -> errors(process, progress), readers);
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            if (!process.waitFor(limit)) {
                process.destroyForcibly();
                throw new IllegalStateException("%s was not done after %s".formatted(String.join(" ", command), limit));
            }
            return new CommandResult(process.exitValue(), output.join(), errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException("%s does not start, or stopped listening".formatted(command.getFirst()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + String.join(" ", command), e);
        }
    }

    private static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String errors(Process process, Consumer<String> progress) {
        var said = new StringBuilder();
        process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            progress.accept(line);
            said.append(line).append('\n');
        });
        return said.toString();
    }
}
