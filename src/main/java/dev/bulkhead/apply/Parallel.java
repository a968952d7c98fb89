package dev.bulkhead.apply;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Does things at once, and waits for all of them. */
public record Parallel(ExecutorService executor) {

    public <T> List<T> all(List<Callable<T>> tasks) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        try {
            return executor.invokeAll(tasks).stream().map(Parallel::result).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while writing; what was written is in the inventory", e);
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
