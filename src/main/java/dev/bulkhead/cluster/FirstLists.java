package dev.bulkhead.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for watches to have their first lists, unless the thread is to end: {@code join} would not hear of that. */
final class FirstLists {

    private FirstLists() {}

    static void await(CompletableFuture<?> lists) {
        try {
            lists.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The watches were not waited for: this is the end", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A watch has no first list", e.getCause());
        }
    }
}
