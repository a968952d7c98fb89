package dev.bulkhead.wire;

import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Whether an API server has gone back in time. One that was restored from a backup counts on from where the backup was
 * made. A watch that asks for what comes after a version which the server has yet to reach hears nothing until then, and
 * no error either; Kubernetes leaves it to whoever restores to raise the versions (etcdutl's {@code --bump-revision}), and
 * what stands under a K3s often can't. So for a while after a server couldn't be reached, each watch that opens is compared
 * with what the server counts now. That costs one small request for each.
 *
 * <p>It is the quick way to notice, not the sure one: a server whose backup is young may have counted past a watch before
 * that opens again. Whoever holds a lease there is told by it in any case.
 */
final class Rewind {

    /** Longer than the client waits between two attempts. */
    static final Duration SUSPICION = Duration.ofMinutes(2);

    private final Clock clock;
    private final Supplier<CompletableFuture<Long>> now;
    private volatile Instant until = Instant.MIN;

    /** @param now what version the server is at, asked anew each time */
    Rewind(Clock clock, Supplier<CompletableFuture<Long>> now) {
        this.clock = clock;
        this.now = now;
    }

    /** A connection was lost, or didn't come about. An answer, even an unkind one, is none of that. */
    void lost(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof WebSocketHandshakeException refused)
                || refused.getResponse().code() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
            until = clock.instant().plus(SUSPICION);
        }
    }

    /**
     * Whether the server has yet to come to a version.
     *
     * @param version of what a watch wants to hear what comes after; empty: of nothing
     */
    CompletableFuture<Boolean> isBefore(String version) {
        return version.isEmpty() || clock.instant().isAfter(until)
                ? CompletableFuture.completedFuture(false)
                // Who can't say stays under suspicion: the next attempt asks again.
                : now.get().handle((reached, failure) -> failure == null && reached < Long.parseLong(version));
    }
}
