package dev.bulkhead.secrets.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What happens when a hook says no, or nothing. What is published stays as it is. */
final class Failures {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int DOUBLINGS = 7;

    private Failures() {}

    /** The time of waiting is over. It is noted, so that a clock that is put back doesn't stop what began. */
    static Optional<Line> isOver(Matter matter) {
        var retryAt = matter.line().retryAt();
        return retryAt == null || matter.now().isBefore(retryAt)
                ? Optional.empty()
                : Optional.of(matter.change().retryAt(null).done());
    }

    /** Empty when the hook is through, or there is none to run; else what its answer makes of the line. */
    static Optional<Line> unless(Matter matter, HookStep step) {
        if (matter.line().retryAt() != null) {
            return Optional.of(matter.line());
        }
        if (matter.hook().filter(step::equals).isEmpty()) {
            return Optional.empty();
        }
        return switch (matter.observed().hook(step)) {
            case HookState.None _, HookState.Running _ -> Optional.of(matter.line());
            case HookState.Succeeded _ -> Optional.empty();
            case HookState.TimedOut(var message) ->
                Optional.of(again(matter, "hook %s %s".formatted(word(step), message)));
            case HookState.Rejected rejected -> {
                var message = "hook %s refused version %d with %s"
                        .formatted(word(step), subject(matter.line(), step), rejected.message());
                yield Optional.of(step == HookStep.REVOKE ? again(matter, message) : refused(matter, message));
            }
        };
    }

    private static int subject(Line line, HookStep step) {
        return step == HookStep.REVOKE ? line.retiring() : line.pending();
    }

    static String word(HookStep step) {
        return switch (step) {
            case INSTALL -> "install";
            case VERIFY -> "verify";
            case REVOKE -> "revoke";
        };
    }

    /** The same bytes once more, later. */
    private static Line again(Matter matter, String message) {
        return failed(matter, message).done();
    }

    /** These bytes won't do: they are revoked where they may have got to, and others are made, later. */
    private static Line refused(Matter matter, String message) {
        return failed(matter, message)
                .enters(Phase.Due, matter.now())
                .pending(0)
                .retiring(matter.line().pending())
                .done();
    }

    private static LineChange failed(Matter matter, String message) {
        var attempts = matter.line().attempts() + 1;
        return matter.change()
                .attempts(attempts)
                .retryAt(later(matter.now(), attempts))
                .says(message);
    }

    private static Instant later(Instant now, int attempts) {
        var wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS));
        return now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }
}
