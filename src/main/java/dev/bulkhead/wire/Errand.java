package dev.bulkhead.wire;

import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A request, sent again a few times if it soon fails in a way that passes. All that we send may be sent twice: it applies,
 * names the version that it replaces, or creates under a name of ours. Each attempt waits for its turn, and so for as
 * long as the server asked for. The client's own attempts wait for neither, and are switched off.
 */
final class Errand<T> {

    /** An answer may come byte by byte, and the client waits for ever as long as one does. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** What is read may be long. */
    private static final Duration LONG_ANSWER = Duration.ofSeconds(60);

    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** An errand that has taken longer is its sender's to repeat, who says in a status that he waits. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

    private final Pace pace;
    private final Breaker breaker;
    private final Duration patience;
    private final Supplier<CompletableFuture<HttpResponse<T>>> sending;
    private final long began = System.nanoTime();

    Errand(Pace pace, Breaker breaker, String method, Supplier<CompletableFuture<HttpResponse<T>>> sending) {
        this.pace = pace;
        this.breaker = breaker;
        this.patience = method.equals("GET") ? LONG_ANSWER : ANSWER;
        this.sending = sending;
    }

    CompletableFuture<HttpResponse<T>> run() {
        return attempt(1);
    }

    private CompletableFuture<HttpResponse<T>> attempt(int number) {
        return pace.enter()
                .thenCompose(_ -> guarded().whenComplete((_, _) -> pace.leave()))
                .handle((answer, failure) -> number < ATTEMPTS && isSoon() && passes(answer, failure)
                        ? again(number)
                        : result(answer, failure))
                .thenCompose(it -> it);
    }

    private CompletableFuture<HttpResponse<T>> guarded() {
        if (!breaker.lets()) {
            return CompletableFuture.failedFuture(Breaker.heldBack());
        }
        var at = System.nanoTime();
        return sent().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).whenComplete((answer, failure) -> {
            if (failure == null) {
                breaker.answered(answer.code(), System.nanoTime() - at);
            } else {
                breaker.failed(unwrapped(failure), System.nanoTime() - at);
            }
        });
    }

    /** What can't even be sent has had its turn too. */
    private CompletableFuture<HttpResponse<T>> sent() {
        try {
            return sending.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<HttpResponse<T>> again(int number) {
        return CompletableFuture.supplyAsync(
                        () -> attempt(number + 1),
                        CompletableFuture.delayedExecutor(
                                PAUSE.multipliedBy(number).toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(it -> it);
    }

    private boolean isSoon() {
        return System.nanoTime() - began < SOON.toNanos();
    }

    private boolean passes(HttpResponse<T> answer, Throwable failure) {
        return failure == null ? PASSING.contains(answer.code()) : isPassing(unwrapped(failure));
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof IOException && !(failure instanceof Breaker.HeldBack);
    }

    private CompletableFuture<HttpResponse<T>> result(HttpResponse<T> answer, Throwable failure) {
        if (failure == null) {
            return CompletableFuture.completedFuture(answer);
        }
        return CompletableFuture.failedFuture(
                unwrapped(failure) instanceof TimeoutException
                        ? new IOException("The API server didn't finish its answer in %d seconds. It is tried again"
                                .formatted(patience.toSeconds()))
                        : unwrapped(failure));
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
