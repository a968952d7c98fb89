package dev.bulkhead.secrets.rotation;

import dev.bulkhead.secrets.rotation.Action.Mint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What comes next for one entry. */
public final class Rotation {

    private Rotation() {}

    public static Decision decide(Terms terms, Optional<Line> line, Observed observed, Instant now) {
        return line.map(it -> next(terms, it, observed, now)).orElseGet(() -> first(terms, now));
    }

    /** The hook that has to run for a line as it stands, if any. It depends on nothing else, so that none is stopped half-way. */
    public static Optional<HookStep> hook(Terms terms, Line line) {
        if (line.retryAt() != null) {
            return Optional.empty();
        }
        return switch (line.phase()) {
            case Staged -> Optional.of(HookStep.INSTALL).filter(_ -> terms.installs());
            case Installed -> Optional.of(HookStep.VERIFY).filter(_ -> terms.verifies());
            case Retired -> Optional.of(HookStep.REVOKE).filter(_ -> terms.revokes());
            case Stable, Due, Verified, Published, Converging, Draining, RollingBack, Lost -> Optional.empty();
        };
    }

    private static Decision first(Terms terms, Instant now) {
        var id = RotationId.of(terms, 1, Cause.FIRST);
        var line = new Line(
                0,
                0,
                1,
                0,
                1,
                0,
                id,
                Cause.FIRST,
                Phase.Due,
                now,
                null,
                null,
                null,
                null,
                0,
                null,
                "",
                false,
                List.of());
        return new Decision(line, List.of(new Mint(1, id)), null);
    }

    private static Decision next(Terms terms, Line line, Observed observed, Instant now) {
        if (line.phase() == Phase.Due && !observed.holds(line.pending())) {
            return new Decision(line, List.of(new Mint(line.pending(), line.rotationId())), null);
        }
        var change = LineChange.of(line);
        switch (line.phase()) {
            case Due -> change.enters(Phase.Staged, now);
            case Staged -> {
                if (succeeded(HookStep.INSTALL, terms.installs(), observed)) {
                    change.enters(Phase.Installed, now);
                }
            }
            case Installed -> {
                if (succeeded(HookStep.VERIFY, terms.verifies(), observed)) {
                    change.enters(Phase.Verified, now);
                }
            }
            case Verified ->
                change.moves()
                        .enters(Phase.Published, now)
                        .current(line.pending())
                        .pending(0)
                        .anchor(now)
                        .rotated(now);
            case Published -> {
                if (observed.inForce() >= line.pointer()) {
                    change.enters(Phase.Converging, now);
                }
            }
            case Converging -> {
                if (observed.usersBehind().isEmpty()) {
                    change.enters(Phase.Stable, now);
                }
            }
            case Stable, Draining, Retired, RollingBack, Lost -> {}
        }
        return new Decision(change.done(), List.of(), null);
    }

    private static boolean succeeded(HookStep step, boolean asked, Observed observed) {
        return !asked || observed.hook(step) instanceof HookState.Succeeded;
    }
}
