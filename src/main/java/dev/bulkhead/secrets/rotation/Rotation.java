package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What comes next for one entry. The same question has the same answer, so whoever crashed asks again: nothing is
 * remembered but the line and the vault.
 *
 * <p>One step at a time. A step that changes the line does nothing else, so the journal always knows of a version before
 * the vault has it, and of a deletion before it happens.
 */
public final class Rotation {

    /** The first that has something to say says it. */
    private static final List<Function<Matter, Optional<Line>>> RULES = List.of(
            Loss::outdated,
            Loss::missing,
            WishRule::take,
            Following::released,
            Failures::isOver,
            Starts::due,
            Advance::step);

    private Rotation() {}

    public static Decision decide(Terms terms, Optional<Line> line, Observed observed, Instant now) {
        if (line.isEmpty()) {
            return new Decision(Loss.without(terms, observed, now), List.of(), null);
        }
        var matter = new Matter(terms, line.get(), observed, now);
        if (observed.paused()) {
            return new Decision(matter.line(), List.of(), null);
        }
        var next = Agenda.noted(
                matter,
                RULES.stream()
                        .flatMap(rule -> rule.apply(matter).stream())
                        .findFirst()
                        .orElse(matter.line()));
        return next.equals(matter.line())
                ? new Decision(
                        next, Storage.actions(matter), Agenda.wake(matter).orElse(null))
                : new Decision(next, List.of(), null);
    }

    /**
     * The hook that has to run for a line as it stands, if any. It depends on nothing that comes and goes, so that a Job
     * isn't taken away half-way.
     *
     * @param versions what the vault holds
     */
    public static Optional<HookStep> hook(Terms terms, Line line, Map<Integer, VersionFacts> versions) {
        if (line.retryAt() != null) {
            return Optional.empty();
        }
        return switch (line.phase()) {
            case Staged -> Optional.of(HookStep.INSTALL).filter(_ -> terms.installs());
            case Installed -> Optional.of(HookStep.VERIFY).filter(_ -> terms.verifies());
            case Due, Retired -> Optional.of(HookStep.REVOKE).filter(_ -> revokes(terms, line, versions));
            case Stable, Verified, Published, Converging, Draining, RollingBack, Lost -> Optional.empty();
        };
    }

    /** Of two users who take turns, the one of an older version of the current one's is in use, and must not be locked out. */
    private static boolean revokes(Terms terms, Line line, Map<Integer, VersionFacts> versions) {
        return terms.revokes()
                && line.retiring() != 0
                && !Following.isInUseElsewhere(terms, line, versions)
                && !(terms.alternates() && line.current() != 0 && (line.retiring() - line.current()) % 2 == 0);
    }
}
