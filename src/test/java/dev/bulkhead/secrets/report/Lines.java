package dev.bulkhead.secrets.report;

import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of a journal, said shortly. */
final class Lines {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Instant LATER = Instant.parse("2026-11-22T13:00:00Z");

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

    static Lines stable() {
        return new Lines();
    }

    static Lines staged() {
        return in(Phase.Staged).pending(5).rotation("bbbb", "Schedule");
    }

    static Lines draining() {
        var line = in(Phase.Draining).current(5).rotation("bbbb", "Schedule");
        line.previous = 4;
        line.drainUntil = LATER;
        return line;
    }

    static Lines retired() {
        return in(Phase.Retired).current(5).retiring(4).rotation("bbbb", "Schedule");
    }

    static Lines in(Phase phase) {
        var line = new Lines();
        line.phase = phase;
        return line;
    }

    Lines current(int version) {
        current = version;
        return this;
    }

    Lines previous(int version) {
        previous = version;
        return this;
    }

    Lines pending(int version) {
        pending = version;
        return this;
    }

    Lines retiring(int version) {
        retiring = version;
        return this;
    }

    Lines rotation(String id, String why) {
        rotationId = id;
        cause = why;
        return this;
    }

    Lines failed(int times, String why) {
        attempts = times;
        message = why;
        retryAt = LATER;
        return this;
    }

    Lines says(String text) {
        message = text;
        return this;
    }

    Lines onHold() {
        onHold = true;
        return this;
    }

    Lines took(String... operations) {
        consumed = List.of(operations);
        return this;
    }

    Lines due(Instant at) {
        next = at;
        return this;
    }

    Lines neverPublished() {
        current = 0;
        rotated = null;
        next = null;
        return this;
    }

    Line line() {
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
                consumed);
    }
}
