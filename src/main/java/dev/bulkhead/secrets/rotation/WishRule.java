package dev.bulkhead.secrets.rotation;

import java.util.Optional;
import java.util.stream.Stream;

/** What Operations ask for. Each is taken in the same write that begins what it asked for, so it happens once. */
final class WishRule {

    private WishRule() {}

    /** The oldest that can be granted now. Only a Rotate has to wait for its turn. */
    static Optional<Line> take(Matter matter) {
        return open(matter).flatMap(wish -> granted(matter, wish).stream()).findFirst();
    }

    static Optional<Wish> first(Matter matter, Wish.Kind kind) {
        return open(matter).filter(it -> it.kind() == kind).findFirst();
    }

    private static Stream<Wish> open(Matter matter) {
        return matter.observed().wishes().stream()
                .filter(it -> !matter.line().consumed().contains(it.operation()));
    }

    private static Optional<Line> granted(Matter matter, Wish wish) {
        var line = matter.line();
        var taken = matter.change().consumes(wish.operation());
        return switch (wish.kind()) {
            case Hold -> Optional.of(taken.onHold(true).declines("").done());
            case Resume -> Optional.of(taken.onHold(false).declines("").done());
            case Retry -> Optional.of(taken.retryAt(null).done());
            case Rotate -> rotate(matter, wish, taken);
            case Compromised -> Optional.of(compromised(matter, wish, taken.onHold(false)));
            case Rollback -> Optional.of(back(matter, wish, taken));
        };
    }

    private static Optional<Line> rotate(Matter matter, Wish wish, LineChange taken) {
        if (Following.isStatic(matter)) {
            return Optional.of(taken.done());
        }
        return Starts.isFree(matter)
                ? Optional.of(Starts.begin(with(matter, taken), Cause.of(wish)))
                : Optional.empty();
    }

    private static Line compromised(Matter matter, Wish wish, LineChange taken) {
        return Following.isStatic(matter)
                ? Following.compromised(matter, wish, taken.declines(""))
                : Starts.begin(with(matter, taken), Cause.of(wish));
    }

    private static Matter with(Matter matter, LineChange change) {
        return new Matter(matter.terms(), change.done(), matter.observed(), matter.now());
    }

    private static Line back(Matter matter, Wish wish, LineChange taken) {
        var line = matter.line();
        var cause = Cause.of(wish);
        if (!line.canRollBack()) {
            return taken.done();
        }
        if (line.pending() != 0 || line.phase() == Phase.Due) {
            // Nobody uses it yet; and where it was refused, there is no other yet.
            return taken.pending(0)
                    .retiring(line.pending() != 0 ? line.pending() : line.retiring())
                    .rotation(RotationId.of(matter, line.highest(), cause), cause)
                    .enters(Phase.Retired, matter.now())
                    .onHold(true)
                    .declines(Following.rejected(matter))
                    .done();
        }
        return taken.current(line.previous())
                .previous(line.current())
                .rotation(RotationId.of(matter, line.previous(), cause), cause)
                .enters(Phase.RollingBack, matter.now())
                .drainUntil(null)
                .declines(Following.rejected(matter))
                .done();
    }
}
