package dev.bulkhead.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test moves: one that stands still otherwise, or another's. */
public final class MovableClock extends Clock {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);
    private final Clock moved;

    public MovableClock() {
        this(Clock.fixed(START, ZoneOffset.UTC));
    }

    public MovableClock(Clock moved) {
        this.moved = moved;
    }

    public void advance(Duration time) {
        shift.updateAndGet(time::plus);
    }

    @Override
    public Instant instant() {
        return moved.instant().plus(shift.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        if (!zone.equals(ZoneOffset.UTC)) {
            throw new UnsupportedOperationException("The clock of a test is in UTC");
        }
        return this;
    }
}
