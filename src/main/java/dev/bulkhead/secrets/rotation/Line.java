package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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
 * @param acceptsSince the pointer with which the ACCEPT keys changed last; 0: never since there are versions
 * @param usesSince the pointer with which the USE keys changed last; 0: never since there are versions
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
 * @param declined of a Static entry: the keyed hash of the source that somebody went back from; it isn't followed. Else empty
 */
public record Line(
        int current,
        int previous,
        int pending,
        int retiring,
        int highest,
        long pointer,
        long acceptsSince,
        long usesSince,
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
        List<String> consumed,
        String declined) {

    /** How many taken Operations are remembered. */
    public static final int MEMORY = 10;

    public Line {
        rotationId = Objects.requireNonNullElse(rotationId, "");
        cause = Objects.requireNonNullElse(cause, "");
        message = Objects.requireNonNullElse(message, "");
        consumed = consumed == null ? List.of() : List.copyOf(consumed);
        if (consumed.size() > MEMORY) {
            consumed = consumed.subList(consumed.size() - MEMORY, consumed.size());
        }
        declined = Objects.requireNonNullElse(declined, "");
    }

    /** Whether everybody who is to use the current version does. */
    public boolean isInUse() {
        return phase == Phase.Stable || phase == Phase.Draining || phase == Phase.Retired;
    }

    /** Whether a version that is in use is being replaced, or given back. */
    public boolean isOnItsWay() {
        return current > 0 && phase != Phase.Stable && phase != Phase.Lost;
    }

    /** At rest with a version, or with none, and nothing to tell of how it came to it. */
    public static Line atRest(int version, Instant since) {
        return new Line(
                version,
                0,
                0,
                0,
                version,
                0,
                0,
                0,
                "",
                "",
                Phase.Stable,
                since,
                null,
                null,
                null,
                null,
                0,
                null,
                "",
                false,
                List.of(),
                "");
    }

    /** Whether somebody wants the version before to be refused as soon as can be. */
    public boolean isUrgent() {
        return Cause.isLeap(cause) && !cause.equals(Cause.LOSS) && phase != Phase.Stable;
    }

    /** Whether there is a version to go back to, or a rotation that hasn't published one yet. */
    public boolean canRollBack() {
        // Of what was found again nobody knows whether it is accepted outside, or used.
        return !cause.equals(Cause.RECOVERY)
                && switch (phase) {
                    case Due -> pending != 0 || current != 0;
                    case Staged, Installed, Verified -> pending != 0;
                    case Published, Converging, Draining, RollingBack -> previous != 0;
                    case Stable, Retired, Lost -> false;
                };
    }

    /**
     * The word of the ACCEPT keys: another one with each change of theirs. A change that is taken back changes it too, as a
     * pod may have been started by chance in between.
     */
    public String acceptWord() {
        return Long.toString(acceptsSince);
    }

    /** The word of the USE keys. */
    public String useWord() {
        return Long.toString(usesSince);
    }

    /** The word of the keys that hold the previous version's values. */
    public String previousWord() {
        return usesSince + "-" + previous;
    }

    /** The versions whose ACCEPT keys are published, the newest last. One that isn't made yet can't be. */
    public List<Integer> accepted() {
        return IntStream.of(current, previous, hasMade() ? pending : 0)
                .filter(it -> it != 0)
                .sorted()
                .boxed()
                .toList();
    }

    /** Whether the pending version is in the vault, and not published yet. */
    boolean hasMade() {
        return phase == Phase.Staged || phase == Phase.Installed || phase == Phase.Verified;
    }
}
