package dev.bulkhead.secrets.report;

import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of a journal, said shortly. */
public final class Lines {

    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    public static final Instant LATER = Instant.parse("2026-11-22T13:00:00Z");

    private Phase phase = Phase.Stable;
    private int current = 4;
    private int previous;
    private int pending;
    private int retiring;
    private String rotationId = "aaaa";
    private String cause = "Schedule";
    private @Nullable Instant rotated = NOW;
    private @Nullable Instant next = LATER;
    private @Nullable Instant drainUntil;
    private int attempts;
    private @Nullable Instant retryAt;
    private String message = "";
    private boolean onHold;
    private List<String> consumed = List.of();

    public static Lines stable() {
        return new Lines();
    }

    public static Lines staged() {
        return in(Phase.Staged).pending(5).rotation("bbbb", "Schedule");
    }

    public static Lines draining() {
        var line = in(Phase.Draining).current(5).rotation("bbbb", "Schedule");
        line.previous = 4;
        line.drainUntil = LATER;
        return line;
    }

    public static Lines retired() {
        return in(Phase.Retired).current(5).retiring(4).rotation("bbbb", "Schedule");
    }

    public static Lines in(Phase phase) {
        var line = new Lines();
        line.phase = phase;
        return line;
    }

    public Lines current(int version) {
        current = version;
        return this;
    }

    public Lines previous(int version) {
        previous = version;
        return this;
    }

    public Lines pending(int version) {
        pending = version;
        return this;
    }

    public Lines retiring(int version) {
        retiring = version;
        return this;
    }

    public Lines rotation(String id, String why) {
        rotationId = id;
        cause = why;
        return this;
    }

    public Lines failed(int times, String why) {
        attempts = times;
        message = why;
        retryAt = LATER;
        return this;
    }

    public Lines says(String text) {
        message = text;
        return this;
    }

    public Lines onHold() {
        onHold = true;
        return this;
    }

    public Lines took(String... operations) {
        consumed = List.of(operations);
        return this;
    }

    public Lines due(Instant at) {
        next = at;
        return this;
    }

    public Lines neverPublished() {
        current = 0;
        rotated = null;
        next = null;
        return this;
    }

    public Line line() {
        return new Line(
                current,
                previous,
                pending,
                retiring,
                Math.max(current, pending),
                7,
                7,
                6,
                rotationId,
                cause,
                phase,
                NOW,
                NOW,
                rotated,
                next,
                drainUntil,
                attempts,
                retryAt,
                message,
                onHold,
                consumed,
                "");
    }
}
