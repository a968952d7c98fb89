package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import java.util.Optional;

/** One rule for each phase: what it waits for, and what comes then. */
final class Advance {

    private Advance() {}

    static Optional<Line> step(Matter matter) {
        var next =
                switch (matter.line().phase()) {
                    case Stable -> cleared(matter);
                    case Due -> due(matter);
                    case Staged -> staged(matter);
                    case Installed -> installed(matter);
                    case Verified -> matter.line().onHold() ? matter.line() : published(matter);
                    case Published -> matter.isSettled() ? entering(matter, Phase.Converging) : matter.line();
                    case Converging, RollingBack -> converging(matter);
                    case Draining -> draining(matter);
                    case Retired -> retired(matter);
                    case Lost -> matter.line();
                };
        return Optional.of(next).filter(it -> !it.equals(matter.line()));
    }

    private static Line due(Matter matter) {
        var line = matter.line();
        if (line.retiring() != 0 && matter.observed().holds(line.retiring())) {
            return Failures.unless(matter, HookStep.REVOKE).orElse(line);
        }
        if (line.retiring() != 0) {
            return matter.change().retiring(0).done();
        }
        if (line.retryAt() != null || line.onHold()) {
            return line;
        }
        if (line.pending() == 0) {
            var version = Starts.nextOrdinal(matter);
            return matter.change()
                    .again(RotationId.of(matter, version, line.cause()))
                    .pending(version)
                    .done();
        }
        return matter.observed().holds(line.pending())
                ? matter.change().enters(Phase.Staged, matter.now()).done()
                : line;
    }

    private static Line staged(Matter matter) {
        return Failures.unless(matter, HookStep.INSTALL)
                .orElseGet(() -> isAccepted(matter) && !matter.line().onHold()
                        ? entering(matter, Phase.Installed)
                        : matter.line());
    }

    private static boolean isAccepted(Matter matter) {
        if (matter.line().current() == 0 || Cause.isLeap(matter.line().cause())) {
            return true;
        }
        return matter.terms().trust() == Trust.CROSS_SIGN ? matter.isSettled() : matter.allAccept();
    }

    private static Line installed(Matter matter) {
        return Failures.unless(matter, HookStep.VERIFY)
                .orElseGet(() -> matter.line().onHold() ? matter.line() : entering(matter, Phase.Verified));
    }

    private static Line published(Matter matter) {
        var line = matter.line();
        var change = matter.change()
                .current(line.pending())
                .pending(0)
                .anchor(line.anchor() == null ? matter.now() : line.anchor())
                .rotated(rotated(matter))
                .attempts(0)
                .succeeds();
        if (Cause.isLeap(line.cause()) && line.current() != 0) {
            return change.previous(0)
                    .retiring(line.current())
                    .enters(Phase.Retired, matter.now())
                    .done();
        }
        var published = change.previous(line.current())
                .enters(Phase.Published, matter.now())
                .done();
        return Following.isStatic(matter) && line.cause().equals(Cause.FIRST)
                ? LineChange.of(published).asBefore().done()
                : published;
    }

    /** When the clock was put back since the schedule's time came, it must not come again. */
    private static Instant rotated(Matter matter) {
        var next = matter.line().next();
        return matter.line().cause().equals(Cause.SCHEDULE) && next != null && next.isAfter(matter.now())
                ? next
                : matter.now();
    }

    private static Line converging(Matter matter) {
        var line = matter.line();
        if (!matter.allFollow()) {
            return line;
        }
        return line.previous() == 0
                ? entering(matter, Phase.Stable)
                : matter.change()
                        .enters(Phase.Draining, matter.now())
                        .drainUntil(matter.now().plus(matter.terms().drain()))
                        .done();
    }

    private static Line draining(Matter matter) {
        var line = matter.line();
        var until = line.drainUntil();
        if (line.onHold() || until == null || matter.now().isBefore(until) || !matter.allFollow()) {
            return line;
        }
        return matter.change()
                .enters(Phase.Retired, matter.now())
                .previous(0)
                .retiring(line.previous())
                .drainUntil(null)
                .onHold(Cause.isRollback(line.cause()))
                .done();
    }

    /** What is retired is revoked, then nobody has it any more, then it is discarded: while it is there, it is still to be revoked. */
    private static Line retired(Matter matter) {
        var line = matter.line();
        if (line.retiring() != 0 && matter.observed().holds(line.retiring())) {
            return Failures.unless(matter, HookStep.REVOKE).orElse(line);
        }
        if (!matter.allFollow()) {
            return line;
        }
        return matter.leftover().isPresent() ? cleared(matter) : home(matter);
    }

    private static Line home(Matter matter) {
        return matter.change()
                .retiring(0)
                .succeeds()
                .enters(matter.line().previous() == 0 ? Phase.Stable : Phase.Converging, matter.now())
                .done();
    }

    /** What was left on the way goes too, one at a time, each with an attempt of its own to be revoked. */
    private static Line cleared(Matter matter) {
        var leftover = matter.leftover();
        return leftover.isEmpty()
                ? matter.line()
                : matter.change()
                        .retiring(leftover.getAsInt())
                        .attempts(matter.line().attempts() + 1)
                        .enters(Phase.Retired, matter.now())
                        .done();
    }

    private static Line entering(Matter matter, Phase phase) {
        return matter.change().enters(phase, matter.now()).done();
    }
}
