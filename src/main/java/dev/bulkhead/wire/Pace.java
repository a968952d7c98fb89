package dev.bulkhead.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How many requests may be under way to one API server. As many as it likes while it answers; after it said "too many",
 * was unavailable or couldn't be reached few, and then ever more, so that an outage doesn't end in a stampede. What the
 * server asks for in {@code Retry-After} is kept by everybody, not only by who was told.
 *
 * <p>It halves on trouble and grows by one with each full round of good answers, as TCP does.
 */
public final class Pace {

    /** More would only queue in the API server. */
    public static final int MOST = 64;

    static final int LEAST = 2;

    /** Who can't be served within this time is told so, and its thread is free for others. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    /** What fails together is one trouble and not many. */
    static final Duration ONE_TROUBLE = Duration.ofMillis(500);

    /** However long it asks for: a slip of its, or of something in between, must not silence us for hours. */
    static final Duration LONGEST_HOLD = Duration.ofMinutes(1);

    private final Clock clock;
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private double limit = MOST;
    private int underWay;
    private boolean waking;
    private Instant lastTrouble = Instant.MIN;
    private Instant heldUntil = Instant.MIN;

    public Pace(Clock clock) {
        this.clock = clock;
    }

    /** Completes when a request may be sent; {@link #leave} must follow. Fails when that takes too long. */
    CompletableFuture<Void> enter() {
        var turn = new CompletableFuture<Void>();
        synchronized (this) {
            if (held().compareTo(PATIENCE) > 0) {
                return CompletableFuture.failedFuture(
                        overloaded("asked to be left alone for %d seconds".formatted(held().toSeconds())));
            }
            if (held().isZero() && underWay < limit() && waiting.isEmpty()) {
                underWay++;
                return CompletableFuture.completedFuture(null);
            }
            waiting.add(turn);
        }
        CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> turn.completeExceptionally(
                        overloaded("had no turn for this request in %d seconds".formatted(PATIENCE.toSeconds()))));
        admit();
        return turn;
    }

    private static Overloaded overloaded(String what) {
        return new Overloaded("The API server isn't keeping up: it " + what + ". It is tried again");
    }

    void leave() {
        synchronized (this) {
            underWay--;
        }
        admit();
    }

    /** It answered, as it should. */
    synchronized void good() {
        limit = Math.min(MOST, limit + 1 / limit);
    }

    /** It is overloaded, unavailable, or can't be reached. */
    synchronized void trouble(Duration retryAfter) {
        var now = clock.instant();
        if (lastTrouble.isBefore(now.minus(ONE_TROUBLE))) {
            lastTrouble = now;
            limit = Math.max(LEAST, limit / 2);
        }
        var until = now.plus(retryAfter.compareTo(LONGEST_HOLD) < 0 ? retryAfter : LONGEST_HOLD);
        if (until.isAfter(heldUntil)) {
            heldUntil = until;
        }
    }

    /** Lets in who may go now. */
    void admit() {
        for (var next = next(); next.isPresent(); next = next()) {
            if (!next.get().complete(null)) {
                // It gave up while it waited.
                synchronized (this) {
                    underWay--;
                }
            }
        }
    }

    private synchronized Optional<CompletableFuture<Void>> next() {
        if (waiting.isEmpty() || underWay >= limit()) {
            return Optional.empty();
        }
        var held = held();
        if (!held.isZero()) {
            wakeAfter(held);
            return Optional.empty();
        }
        underWay++;
        return Optional.of(waiting.remove());
    }

    private void wakeAfter(Duration held) {
        if (!waking) {
            waking = true;
            CompletableFuture.delayedExecutor(held.toMillis() + 1, TimeUnit.MILLISECONDS)
                    .execute(this::wake);
        }
    }

    private void wake() {
        synchronized (this) {
            waking = false;
        }
        admit();
    }

    /** How many may be under way now. */
    synchronized int limit() {
        return (int) limit;
    }

    synchronized int underWay() {
        return underWay;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** How long the server still wants to be left alone. */
    synchronized Duration held() {
        var now = clock.instant();
        return heldUntil.isAfter(now) ? Duration.between(now, heldUntil) : Duration.ZERO;
    }
}
