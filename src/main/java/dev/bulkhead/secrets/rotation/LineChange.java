package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A line that is being changed. */
final class LineChange {

    private final Line before;
    private int current;
    private int previous;
    private int pending;
    private int retiring;
    private int highest;
    private long pointer;
    private long acceptsSince;
    private long usesSince;
    private String rotationId;
    private String cause;
    private Phase phase;
    private Instant since;
    private @Nullable Instant anchor;
    private @Nullable Instant rotated;
    private @Nullable Instant next;
    private @Nullable Instant drainUntil;
    private int attempts;
    private @Nullable Instant retryAt;
    private String message;
    private boolean onHold;
    private List<String> consumed;
    private String declined;

    private LineChange(Line line) {
        before = line;
        current = line.current();
        previous = line.previous();
        pending = line.pending();
        retiring = line.retiring();
        highest = line.highest();
        pointer = line.pointer();
        acceptsSince = line.acceptsSince();
        usesSince = line.usesSince();
        rotationId = line.rotationId();
        cause = line.cause();
        phase = line.phase();
        since = line.since();
        anchor = line.anchor();
        rotated = line.rotated();
        next = line.next();
        drainUntil = line.drainUntil();
        attempts = line.attempts();
        retryAt = line.retryAt();
        message = line.message();
        onHold = line.onHold();
        consumed = line.consumed();
        declined = line.declined();
    }

    static LineChange of(Line line) {
        return new LineChange(line);
    }

    /** The pointer moves when what is published does. */
    Line done() {
        var line = line();
        var accepts = !line.accepted().equals(before.accepted());
        var uses = line.current() != before.current();
        if (pointer == before.pointer() && (accepts || uses || line.previous() != before.previous())) {
            pointer++;
        }
        acceptsSince = accepts ? pointer : acceptsSince;
        usesSince = uses ? pointer : usesSince;
        return line();
    }

    private Line line() {
        return new Line(
                current,
                previous,
                pending,
                retiring,
                highest,
                pointer,
                acceptsSince,
                usesSince,
                rotationId,
                cause,
                phase,
                since,
                anchor,
                rotated,
                next,
                drainUntil,
                attempts,
                retryAt,
                message,
                onHold,
                consumed,
                declined);
    }

    LineChange enters(Phase entered, Instant now) {
        if (phase != entered) {
            phase = entered;
            since = now;
        }
        return this;
    }

    LineChange current(int version) {
        current = version;
        return this;
    }

    LineChange previous(int version) {
        previous = version;
        return this;
    }

    LineChange pending(int version) {
        pending = version;
        highest = Math.max(highest, version);
        return this;
    }

    LineChange retiring(int version) {
        retiring = version;
        return this;
    }

    LineChange highest(int version) {
        highest = version;
        return this;
    }

    /** What is published first is what was published before there were versions: whoever has it, has it. */
    LineChange asBefore() {
        acceptsSince = 0;
        usesSince = 0;
        return this;
    }

    /** What pods have isn't known any more. */
    LineChange pointer(long raised) {
        pointer = raised;
        acceptsSince = raised;
        usesSince = raised;
        return this;
    }

    LineChange rotation(String id, String why) {
        rotationId = id;
        cause = why;
        return succeeds().attempts(0);
    }

    /** The same rotation, for another reason. */
    LineChange cause(String why) {
        cause = why;
        return this;
    }

    /** The same rotation, with other bytes. */
    LineChange again(String id) {
        rotationId = id;
        return this;
    }

    LineChange anchor(@Nullable Instant at) {
        anchor = at;
        return this;
    }

    LineChange rotated(@Nullable Instant at) {
        rotated = at;
        return this;
    }

    LineChange next(@Nullable Instant at) {
        next = at;
        return this;
    }

    LineChange drainUntil(@Nullable Instant at) {
        drainUntil = at;
        return this;
    }

    LineChange attempts(int failed) {
        attempts = failed;
        return this;
    }

    LineChange retryAt(@Nullable Instant at) {
        retryAt = at;
        return this;
    }

    /** What failed before is history. */
    LineChange succeeds() {
        retryAt = null;
        message = "";
        return this;
    }

    LineChange says(String failure) {
        message = failure;
        return this;
    }

    LineChange onHold(boolean held) {
        onHold = held;
        return this;
    }

    /** The Operation that the rotation was begun for can be taken another time. */
    LineChange forgetsWhatItIsFor() {
        consumed = consumed.stream().filter(it -> !Cause.isOperation(cause, it)).toList();
        return this;
    }

    LineChange declines(String source) {
        declined = source;
        return this;
    }

    LineChange consumes(String operation) {
        consumed = Stream.concat(consumed.stream(), Stream.of(operation)).toList();
        return this;
    }
}
