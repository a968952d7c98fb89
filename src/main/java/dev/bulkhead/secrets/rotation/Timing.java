package dev.bulkhead.secrets.rotation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When an entry is rotated. Where several might do it at the same moment, a hash of their keys spreads them.
 *
 * @param jitter how much of the period it may be off; 0 to 1
 * @param windows when a rotation may start; none: always
 * @param renewAt after how many percent of its life what expires is replaced
 */
public record Timing(Schedule schedule, double jitter, List<Window> windows, int renewAt) {

    public sealed interface Schedule {}

    public record Never() implements Schedule {}

    public record Every(Duration period) implements Schedule {}

    public record Cron(String expression, ZoneId zone) implements Schedule {}

    public record Window(String cron, Duration length, ZoneId zone) {}

    /** The last part of a window is left to those who come late. */
    private static final double SPREAD = 0.8;

    private static final double HUNDRED = 100.0;

    public Timing {
        windows = List.copyOf(windows);
    }

    /**
     * The first time of the schedule after the last rotation. It depends on nothing else, so it stays where it is however
     * often and late it is asked for.
     *
     * @param anchor from when periods are counted
     */
    Optional<Instant> scheduled(String key, Instant anchor, Instant rotated) {
        return switch (schedule) {
            case Never _ -> Optional.empty();
            case Every every -> Optional.of(next(every.period(), key, anchor, rotated));
            case Cron cron -> next(cron, key, rotated);
        };
    }

    private Instant next(Duration period, String key, Instant anchor, Instant rotated) {
        var first = anchor.plus(part(period, (2 * RotationId.fraction("jitter", key) - 1) * jitter));
        var periods = Math.max(0, Duration.between(first, rotated).dividedBy(period));
        return Stream.iterate(Math.max(1, periods), n -> n + 1)
                .map(n -> first.plus(period.multipliedBy(n)))
                .filter(rotated::isBefore)
                .findFirst()
                .orElseThrow();
    }

    /** Somewhere between its time and the one after, never before it. */
    private Optional<Instant> next(Cron cron, String key, Instant rotated) {
        var times = new CronTimes(cron.expression(), cron.zone());
        var share = RotationId.fraction("jitter", key) * jitter;
        return Stream.iterate(
                        times.last(rotated).or(() -> times.next(rotated)),
                        Optional::isPresent,
                        it -> it.flatMap(times::next))
                .flatMap(Optional::stream)
                .map(it -> it.plus(part(
                        times.next(it).map(after -> Duration.between(it, after)).orElse(Duration.ZERO), share)))
                .filter(rotated::isBefore)
                .findFirst();
    }

    /** From {@code moment} on, when a rotation may start. Empty when no window opens any more. */
    Optional<Instant> opening(String key, Instant moment) {
        return windows.isEmpty()
                ? Optional.of(moment)
                : windows.stream()
                        .flatMap(window -> opening(window, key, moment).stream())
                        .min(Comparator.naturalOrder());
    }

    private static Optional<Instant> opening(Window window, String key, Instant moment) {
        var times = new CronTimes(window.cron(), window.zone());
        var spot = part(window.length(), SPREAD * RotationId.fraction("window", key));
        // Of windows that overlap the last one to open isn't the one whose spot has come.
        var turn = moment.minus(spot);
        return times.last(turn)
                .filter(opened -> moment.isBefore(opened.plus(window.length())))
                .map(_ -> moment)
                .or(() -> times.next(turn).map(opens -> opens.plus(spot)));
    }

    /** When what expires should be replaced. */
    Optional<Instant> renewal(String key, VersionFacts facts) {
        return life(facts).map(life -> {
            var spare = part(life, (1 - renewAt / HUNDRED) / 2);
            return facts.notBefore()
                    .plus(part(life, renewAt / HUNDRED))
                    .plus(part(spare, jitter * RotationId.fraction("renewal", key)));
        });
    }

    /** When it must be replaced, window or not: half of what it has left after it should have been. */
    Optional<Instant> deadline(VersionFacts facts) {
        return life(facts).map(life -> facts.notBefore().plus(part(life, (1 + renewAt / HUNDRED) / 2)));
    }

    private static Optional<Duration> life(VersionFacts facts) {
        return facts.notBefore() == null || facts.notAfter() == null
                ? Optional.empty()
                : Optional.of(Duration.between(facts.notBefore(), facts.notAfter()));
    }

    /** In whole seconds: the journal and people read them. */
    private static Duration part(Duration whole, double share) {
        return Duration.ofSeconds(Math.round(whole.toSeconds() * share));
    }
}
