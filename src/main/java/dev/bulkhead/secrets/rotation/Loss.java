package dev.bulkhead.secrets.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When the journal or the vault was lost, or came back from a backup: what is there is taken up, never made anew. */
final class Loss {

    private static final int LEFT_OUT = 100;
    private static final int MINUTES = 10_000;

    private Loss() {}

    /** There is no line: the entry is new, or the journal is gone. */
    static Line without(Terms terms, Observed observed, Instant now) {
        var blank = Line.atRest(0, now);
        return observed.versions().isEmpty() && observed.published() == 0
                ? Starts.begin(new Matter(terms, blank, observed, now), Cause.FIRST)
                : rebuilt(terms, blank, observed, now);
    }

    /** The vault or the target is ahead of the journal. */
    static Optional<Line> outdated(Matter matter) {
        var line = matter.line();
        var observed = matter.observed();
        if (isAhead(observed, line)) {
            return Optional.of(
                    isAlone(observed, line)
                            ? matter.change()
                                    .pointer(pointer(line, observed, matter.now()))
                                    .highest(highest(line, observed) + leftOut(matter.now()))
                                    // What isn't there may have been there, and be discarded since.
                                    .pending(line.phase() == Phase.Due ? 0 : line.pending())
                                    .done()
                            : rebuilt(matter.terms(), line, observed, matter.now()));
        }
        var highest = highest(line, observed);
        return highest == line.highest()
                ? Optional.empty()
                : Optional.of(matter.change().highest(highest).done());
    }

    /** The target shows what this journal can't have brought there. */
    private static boolean isAhead(Observed observed, Line line) {
        var shows = observed.published();
        return Observed.isAhead(observed.inForce(), line.pointer())
                || line.current() == 0 && shows != 0
                || line.phase() != Phase.Lost
                        && observed.inForce() == line.pointer()
                        && shows != 0
                        && shows != line.current();
    }

    /** Then nobody has another one. Of others a journal that is behind doesn't know who does. */
    private static boolean isAlone(Observed observed, Line line) {
        var isCurrent = observed.published() == 0 || observed.published() == line.current();
        return isCurrent
                && Set.of(line.current()).containsAll(observed.versions().keySet());
    }

    /** A version that is in use isn't there. */
    static Optional<Line> missing(Matter matter) {
        var line = matter.line();
        if (isMissing(matter, line.current()) && !isBeingReplaced(line) || isMissing(matter, line.previous())) {
            return lost(matter);
        }
        if (line.phase() == Phase.Lost) {
            return Optional.of(found(matter));
        }
        return line.hasMade() && isMissing(matter, line.pending())
                ? Optional.of(matter.change()
                        .enters(Phase.Due, matter.now())
                        .pending(0)
                        .done())
                : Optional.empty();
    }

    /** By one that nobody waits for. */
    private static boolean isBeingReplaced(Line line) {
        return Cause.isLeap(line.cause()) && (line.phase() == Phase.Due || line.hasMade());
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
     * What the target shows is the current one, and what stands beside it stays accepted until nobody uses it: it was
     * perhaps on its way in, perhaps on its way out. Where the target shows nothing, the current one is the lowest, as that
     * is accepted everywhere; whether something outside accepts it only a hook can say.
     */
    private static Line rebuilt(Terms terms, Line memory, Observed observed, Instant now) {
        var versions = new TreeSet<>(observed.versions().keySet());
        var lowest = or0(versions.ceiling(1));
        var known = observed.published() != 0 ? observed.published() : memory.current();
        var isProven = known != 0 || !terms.installs();
        var shown = known != 0 ? known : lowest;
        var current = isProven ? shown : 0;
        var beside = beside(memory, versions, current);
        var pending = isProven ? 0 : lowest;
        var made = made(observed, current, now);
        return restarted(memory)
                .current(current)
                .previous(isProven ? beside : 0)
                .pending(pending)
                .retiring(0)
                .highest(highest(memory, observed) + leftOut(now))
                .pointer(pointer(memory, observed, now))
                .rotation(rotationId(observed, isProven ? current : pending), Cause.RECOVERY)
                .enters(isProven ? Phase.Converging : Phase.Due, now)
                .anchor(memory.anchor() == null ? made : memory.anchor())
                .rotated(made)
                .drainUntil(null)
                .done();
    }

    /** What somebody asked for and isn't published yet is to be asked for again, if it is open still. */
    private static LineChange restarted(Line memory) {
        var change = LineChange.of(memory);
        return memory.phase() == Phase.Due || memory.hasMade() ? change.forgetsWhatItIsFor() : change;
    }

    /** The one that an older journal calls the current one; else the one that has been there longest. */
    private static int beside(Line memory, TreeSet<Integer> versions, int current) {
        if (memory.current() != current && versions.contains(memory.current())) {
            return memory.current();
        }
        var below = or0(versions.headSet(current, false).ceiling(1));
        return below != 0 ? below : or0(versions.higher(current));
    }

    private static int or0(@Nullable Integer version) {
        return version == null ? 0 : version;
    }

    private static String rotationId(Observed observed, int version) {
        var facts = observed.versions().get(version);
        return facts == null ? "" : facts.rotationId();
    }

    private static Instant made(Observed observed, int version, Instant now) {
        var facts = observed.versions().get(version);
        return facts == null ? now : facts.made();
    }

    /** Higher than any before, even if none is known any more: they are raised by one, and seldom. */
    private static long pointer(Line memory, Observed observed, Instant now) {
        var shown = observed.inForce() == Observed.NOWHERE ? 0 : observed.inForce();
        return Math.max(Math.max(memory.pointer(), shown), now.getEpochSecond()) + 1;
    }

    /** Ordinals that were given and discarded are forgotten with a journal; each time it is lost others are left out. */
    private static int leftOut(Instant now) {
        return LEFT_OUT + (int) (Duration.ofSeconds(now.getEpochSecond()).toMinutes() % MINUTES);
    }

    private static int highest(Line line, Observed observed) {
        var held = observed.versions().keySet().stream().max(Integer::compare).orElse(0);
        return Math.max(Math.max(line.highest(), held), observed.published());
    }
}
