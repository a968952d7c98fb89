package dev.bulkhead.secrets.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came due by its schedule while nobody was there to see it, as before a restore or in an outage. It doesn't all begin
 * in the same moment: each environment has its own within the next minutes. It is the same for all of its entries, so that
 * whoever uses several of them restarts once. Whatever else begins a rotation waits for nobody. Pure.
 *
 * @param environment who it is, on every hub
 * @param began since when somebody is there
 */
public record Latecomers(String environment, Instant began) {

    /** Nobody waits for longer, nor for longer than it was late when somebody came. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    /** The decision, or that the entry stays where it is until its turn. */
    public Decision inTurn(Optional<Line> before, Decision decision, Instant now) {
        return before.filter(line -> isBegun(line, decision.line()))
                .flatMap(this::turn)
                .filter(now::isBefore)
                .map(turn -> new Decision(before.orElseThrow(), List.of(), turn))
                .orElse(decision);
    }

    private static boolean isBegun(Line before, Line after) {
        return before.phase() == Phase.Stable
                && after.phase() == Phase.Due
                && after.cause().equals(Cause.SCHEDULE);
    }

    private Optional<Instant> turn(Line line) {
        return Optional.ofNullable(line.next()).filter(began::isAfter).map(due -> {
            var late = Duration.between(due, began);
            var most = late.compareTo(LONGEST) < 0 ? late : LONGEST;
            return began.plusMillis((long) (most.toMillis() * RotationId.fraction("late", environment)));
        });
    }
}
