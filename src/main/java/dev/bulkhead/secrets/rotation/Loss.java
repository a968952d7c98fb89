package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When the journal or the vault was lost, or came back from a backup: what is there is taken up, never made anew. */
final class Loss {

    /** Ordinals that were given and discarded are forgotten with the journal. */
    private static final int LEFT_OUT = 100;

    private Loss() {}

    /** There is no line: the entry is new, or the journal is gone. */
    static Line without(Terms terms, Observed observed, Instant now) {
        var blank = blank(now);
        return observed.versions().isEmpty() && observed.published() == 0
                ? Starts.begin(new Matter(terms, blank, observed, now), Cause.FIRST)
                : rebuilt(blank, observed, now);
    }

    /** The vault or the target is ahead of the journal. */
    static Optional<Line> outdated(Matter matter) {
        var line = matter.line();
        var observed = matter.observed();
        if (observed.inForce() > line.pointer() && observed.inForce() != Long.MAX_VALUE) {
            return Optional.of(
                    observed.published() == 0 || observed.published() == line.current()
                            ? matter.change().pointer(observed.inForce() + 1).done()
                            : rebuilt(line, observed, matter.now()));
        }
        var highest = highest(line, observed);
        return highest == line.highest()
                ? Optional.empty()
                : Optional.of(matter.change().highest(highest).done());
    }

    /** A version that is in use isn't there. */
    static Optional<Line> missing(Matter matter) {
        var line = matter.line();
        if (isMissing(matter, line.current()) && !Cause.isLeap(line.cause()) || isMissing(matter, line.previous())) {
            return lost(matter);
        }
        if (line.phase() == Phase.Lost) {
            return Optional.of(found(matter));
        }
        var made = line.phase() == Phase.Staged || line.phase() == Phase.Installed || line.phase() == Phase.Verified;
        return made && isMissing(matter, line.pending())
                ? Optional.of(matter.change()
                        .enters(Phase.Due, matter.now())
                        .pending(0)
                        .done())
                : Optional.empty();
    }

    private static Optional<Line> lost(Matter matter) {
        var line = matter.line();
        var asked = WishRule.first(matter, Wish.Kind.Rotate);
        if (!matter.terms().onLossRegenerates() && asked.isEmpty()) {
            return line.phase() == Phase.Lost
                    ? Optional.empty()
                    : Optional.of(matter.change()
                            .enters(Phase.Lost, matter.now())
                            .says(message(matter))
                            .done());
        }
        var change = matter.change();
        asked.ifPresent(it -> change.consumes(it.operation()));
        if (isMissing(matter, line.previous())) {
            change.previous(0).drainUntil(null);
        }
        var rest = new Matter(matter.terms(), change.succeeds().done(), matter.observed(), matter.now());
        return Optional.of(
                isMissing(matter, line.current())
                        ? Starts.begin(rest, asked.map(Cause::ofLoss).orElse(Cause.LOSS))
                        : found(rest));
    }

    private static String message(Matter matter) {
        var version = isMissing(matter, matter.line().current())
                ? matter.line().current()
                : matter.line().previous();
        return "version %d isn't in the vault any more, and is in use. Import the escrow that holds it, or make another with an Operation Rotate"
                .formatted(version);
    }

    private static boolean isMissing(Matter matter, int version) {
        return version != 0 && !matter.observed().holds(version);
    }

    /** It is there again: where it was can be told from the versions that the line names. */
    private static Line found(Matter matter) {
        var line = matter.line();
        var made = matter.currentFacts().map(VersionFacts::made).orElse(matter.now());
        return matter.change()
                .enters(whereabouts(line), matter.now())
                .anchor(line.anchor() == null ? made : line.anchor())
                .rotated(line.rotated() == null ? made : line.rotated())
                .succeeds()
                .done();
    }

    private static Phase whereabouts(Line line) {
        if (line.pending() != 0) {
            return Phase.Due;
        }
        return line.retiring() != 0 ? Phase.Retired : Phase.Converging;
    }

    /**
     * What the target shows is the current one. Where it shows nothing, it is the lowest: that one is accepted everywhere,
     * and what is above it was on its way.
     */
    private static Line rebuilt(Line memory, Observed observed, Instant now) {
        var versions = observed.versions();
        var current = observed.published() != 0
                ? observed.published()
                : versions.keySet().stream().min(Integer::compare).orElse(0);
        var previous = versions.keySet().stream()
                .filter(it -> it < current)
                .max(Integer::compare)
                .orElse(0);
        var pending = versions.keySet().stream()
                .filter(it -> it > current)
                .max(Integer::compare)
                .orElse(0);
        var subject = pending != 0 ? pending : current;
        var made = made(versions, current, now);
        return LineChange.of(memory)
                .current(current)
                .previous(previous)
                .pending(pending)
                .retiring(0)
                .highest(highest(memory, observed) + LEFT_OUT)
                .pointer(pointer(memory, observed, now))
                .rotation(versions.containsKey(subject) ? versions.get(subject).rotationId() : "", Cause.RECOVERY)
                .enters(pending != 0 ? Phase.Due : Phase.Converging, now)
                .anchor(memory.anchor() == null ? made : memory.anchor())
                .rotated(made)
                .drainUntil(null)
                .done();
    }

    private static Instant made(Map<Integer, VersionFacts> versions, int version, Instant now) {
        return versions.containsKey(version) ? versions.get(version).made() : now;
    }

    /** Higher than any before, even if none is known any more: they are raised by one, and seldom. */
    private static long pointer(Line memory, Observed observed, Instant now) {
        var shown = observed.inForce() == Long.MAX_VALUE ? 0 : observed.inForce();
        return Math.max(Math.max(memory.pointer(), shown), now.getEpochSecond()) + 1;
    }

    private static int highest(Line line, Observed observed) {
        var held = observed.versions().keySet().stream().max(Integer::compare).orElse(0);
        return Math.max(Math.max(line.highest(), held), observed.published());
    }

    private static Line blank(Instant now) {
        return new Line(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "",
                "",
                Phase.Stable,
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
    }
}
