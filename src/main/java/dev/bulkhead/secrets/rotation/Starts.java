package dev.bulkhead.secrets.rotation;

import java.util.Optional;
import java.util.Set;

/** What makes a rotation due, and how it begins. */
final class Starts {

    /** A source that changes again isn't made to wait for what it changed to before. */
    private static final Set<Phase> UNDER_WAY =
            Set.of(Phase.Staged, Phase.Installed, Phase.Verified, Phase.Published, Phase.Converging, Phase.Draining);

    private Starts() {}

    static Optional<Line> due(Matter matter) {
        if (matter.line().onHold() || matter.line().phase() == Phase.Stable && !isFree(matter)) {
            return Optional.empty();
        }
        return reason(matter).map(cause -> begin(matter, cause));
    }

    /**
     * Whether a rotation may begin. What was left on the way goes before: without a journal nobody could tell it from
     * the version that others still use.
     */
    static boolean isFree(Matter matter) {
        return matter.line().phase() == Phase.Stable
                && !matter.line().onHold()
                && matter.leftover().isEmpty();
    }

    private static Optional<String> reason(Matter matter) {
        var line = matter.line();
        if (line.phase() != Phase.Stable) {
            return Optional.of(Cause.SOURCE)
                    .filter(_ -> canBeLeft(line) && Following.isDue(matter) && Agenda.isOpen(matter));
        }
        if (line.current() == 0) {
            return Optional.of(Cause.FIRST);
        }
        if (Agenda.isPastDeadline(matter)) {
            return Optional.of(Cause.EXPIRY);
        }
        if (issuerMoved(matter) && !matter.observed().issuerTrusted()) {
            return Optional.of(Cause.ISSUER);
        }
        return wanted(matter).filter(_ -> Agenda.isOpen(matter)).or(() -> Agenda.due(matter));
    }

    /** What was found again stays accepted until nobody uses it: only the end of that shows that it may go. */
    private static boolean canBeLeft(Line line) {
        return UNDER_WAY.contains(line.phase()) && !line.cause().equals(Cause.RECOVERY);
    }

    /** What would begin as soon as a window is open. */
    static Optional<String> wanted(Matter matter) {
        if (Following.isDue(matter)) {
            return Optional.of(Cause.SOURCE);
        }
        if (!Following.isStatic(matter)
                && matter.currentFacts()
                        .filter(it -> !it.recipe().equals(matter.terms().recipe()))
                        .isPresent()) {
            return Optional.of(Cause.RECIPE);
        }
        return issuerMoved(matter) ? Optional.of(Cause.ISSUER) : Optional.empty();
    }

    private static boolean issuerMoved(Matter matter) {
        var signing = matter.observed().issuerSigning();
        return matter.terms().issued()
                && signing != 0
                && matter.currentFacts().filter(it -> it.issuer() != signing).isPresent();
    }

    /** Whatever was under way is left: the vault still holds it, and it is cleared away at the end. */
    static Line begin(Matter matter, String cause) {
        var version = nextOrdinal(matter);
        return matter.change()
                .rotation(RotationId.of(matter, version, cause), cause)
                .enters(Phase.Due, matter.now())
                .previous(isAccepted(matter) ? matter.line().previous() : 0)
                .pending(version)
                .retiring(0)
                .drainUntil(null)
                .declines("")
                .done();
    }

    /** What is lost can't be accepted; and of what was found again nobody knows whether it ever was. */
    private static boolean isAccepted(Matter matter) {
        return matter.observed().holds(matter.line().previous())
                && !matter.line().cause().equals(Cause.RECOVERY);
    }

    static int nextOrdinal(Matter matter) {
        var next = matter.line().highest() + 1;
        var current = matter.line().current();
        var belongsToTheUserInUse = matter.terms().alternates() && current != 0 && (next - current) % 2 == 0;
        return belongsToTheUserInUse ? next + 1 : next;
    }
}
