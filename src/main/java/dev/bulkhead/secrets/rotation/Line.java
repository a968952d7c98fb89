package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry's line in the journal: where it is. Versions are ordinals, 0 is none.
 *
 * @param current whose value is used
 * @param previous whose value is still accepted
 * @param pending whose value will be used; accepted as soon as it exists
 * @param retiring whose value is to be revoked and discarded; no longer accepted
 * @param highest the highest ordinal that was ever given; none is given twice
 * @param pointer raised by one with every change of what is published
 * @param rotationId of the rotation under way, or of the last
 * @param cause why it was begun: see {@link Cause}
 * @param anchor when the first version was published; periods are counted from it
 * @param rotated when the current version was published
 * @param next when it is due
 * @param attempts how often something failed in this rotation
 * @param retryAt until when nothing is tried after a failure
 * @param message the last failure, empty when there is none
 * @param onHold whether somebody holds it
 * @param consumed UIDs of the Operations that were taken, the newest last
 */
public record Line(
        int current,
        int previous,
        int pending,
        int retiring,
        int highest,
        long pointer,
        String rotationId,
        String cause,
        Phase phase,
        Instant since,
        @Nullable Instant anchor,
        @Nullable Instant rotated,
        @Nullable Instant next,
        @Nullable Instant drainUntil,
        int attempts,
        @Nullable Instant retryAt,
        String message,
        boolean onHold,
        List<String> consumed) {

    /** How many taken Operations are remembered. */
    static final int MEMORY = 10;

    public Line {
        rotationId = Objects.requireNonNullElse(rotationId, "");
        cause = Objects.requireNonNullElse(cause, "");
        message = Objects.requireNonNullElse(message, "");
        consumed = consumed == null ? List.of() : List.copyOf(consumed);
        if (consumed.size() > MEMORY) {
            consumed = consumed.subList(consumed.size() - MEMORY, consumed.size());
        }
    }
}
