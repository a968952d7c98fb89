package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What time has to say: when the next rotation is due, and whether it is time. */
final class Agenda {

    private Agenda() {}

    /** The line, with the time of its next rotation. It is worked out from what is stored, so it doesn't drift. */
    static Line noted(Matter matter, Line line) {
        var after = new Matter(matter.terms(), line, matter.observed(), matter.now());
        var next = next(after).orElse(null);
        return Objects.equals(next, line.next())
                ? line
                : LineChange.of(line).next(next).done();
    }

    private static Optional<Instant> next(Matter matter) {
        var deadline = matter.currentFacts().flatMap(matter.terms().timing()::deadline);
        var planned = planned(matter).flatMap(it -> opening(matter, it));
        return Stream.of(planned, deadline).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** By schedule or by age, whichever comes first. */
    private static Optional<Instant> planned(Matter matter) {
        return Stream.of(scheduled(matter), renewal(matter))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private static Optional<Instant> scheduled(Matter matter) {
        var line = matter.line();
        return line.anchor() == null || line.rotated() == null
                ? Optional.empty()
                : matter.terms().timing().scheduled(matter.terms().key(), line.anchor(), line.rotated());
    }

    private static Optional<Instant> renewal(Matter matter) {
        return matter.currentFacts()
                .flatMap(it -> matter.terms().timing().renewal(matter.terms().key(), it));
    }

    private static Optional<Instant> opening(Matter matter, Instant moment) {
        return matter.terms().timing().opening(matter.terms().key(), moment);
    }

    /** Why the time has come, if it has. Windows are asked last: cron costs more than all the rest. */
    static Optional<String> due(Matter matter) {
        return renewal(matter)
                .filter(it -> isOver(matter, it))
                .map(_ -> Cause.EXPIRY)
                .or(() -> scheduled(matter).filter(it -> isOver(matter, it)).map(_ -> Cause.SCHEDULE))
                .filter(_ -> isOpen(matter));
    }

    static boolean isPastDeadline(Matter matter) {
        return matter.currentFacts()
                .flatMap(matter.terms().timing()::deadline)
                .filter(it -> isOver(matter, it))
                .isPresent();
    }

    static boolean isOpen(Matter matter) {
        return opening(matter, matter.now()).filter(matter.now()::equals).isPresent();
    }

    private static boolean isOver(Matter matter, Instant moment) {
        return !matter.now().isBefore(moment);
    }

    /** When the next window opens, if a rotation waits for that; {@link Instant#MAX}: never. */
    static Optional<Instant> closed(Matter matter) {
        var waits = Starts.wanted(matter).isPresent() || isPlannedPast(matter);
        return waits && !isOpen(matter)
                ? Optional.of(opening(matter, matter.now()).orElse(Instant.MAX))
                : Optional.empty();
    }

    /** When time alone brings the next step. */
    static Optional<Instant> wake(Matter matter) {
        var line = matter.line();
        var start = line.phase() == Phase.Stable && !line.onHold() ? start(matter) : Stream.<Instant>empty();
        return Stream.concat(Stream.of(line.retryAt(), line.drainUntil()).flatMap(Stream::ofNullable), start)
                .filter(matter.now()::isBefore)
                .min(Comparator.naturalOrder());
    }

    private static Stream<Instant> start(Matter matter) {
        var waits = Starts.wanted(matter).isPresent() || isPlannedPast(matter);
        return Stream.concat(
                Stream.ofNullable(matter.line().next()),
                waits ? opening(matter, matter.now()).stream() : Stream.empty());
    }

    private static boolean isPlannedPast(Matter matter) {
        return planned(matter).filter(it -> isOver(matter, it)).isPresent();
    }
}
