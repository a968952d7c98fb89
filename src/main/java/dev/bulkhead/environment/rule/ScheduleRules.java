package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.RotationWindow;
import dev.bulkhead.api.v1alpha1.Schedule;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScopeSpec;
import dev.bulkhead.api.v1alpha1.Span;
import dev.bulkhead.secrets.rotation.CronTimes;
import dev.bulkhead.status.Reason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When a scope's entries are rotated: whether what says so can be read, and whether that time ever comes. */
final class ScheduleRules {

    /** From the day after a leap day on, as a window on the next one is as far away as can be. */
    private static final Instant SOME_DAY = Instant.parse("2028-03-01T00:00:00Z");

    /** Through four years, at another time of the day each time. */
    private static final Duration STRIDE = Duration.ofHours(24 * 24 + 5);

    private static final int LOOKS = 60;

    /** Entries are spread over a window, and who is a moment late has to find it open. */
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private final SecretScopeSpec spec;

    ScheduleRules(SecretScopeSpec spec) {
        this.spec = spec;
    }

    Stream<Finding> check() {
        var unreadable = Stream.concat(
                        indexed(spec.windows())
                                .flatMap(it -> window(it, spec.windows().get(it))),
                        indexed(spec.entries())
                                .flatMap(it -> schedule(it, spec.entries().get(it))))
                .toList();
        return unreadable.isEmpty() ? openings() : unreadable.stream();
    }

    private static Stream<Integer> indexed(List<?> list) {
        return IntStream.range(0, list.size()).boxed();
    }

    private static Stream<Finding> window(int index, RotationWindow window) {
        var where = "spec.windows[%d]".formatted(index);
        return Span.of(window.duration()).compareTo(SHORTEST) >= 0
                ? times(where, window.cron(), window.timeZone())
                : Finding.of(
                        Reason.ScheduleImpossible,
                        "%s.duration: in %s not every entry would get its turn. Set it to 5m or more",
                        where,
                        window.duration());
    }

    private static Stream<Finding> schedule(int index, SecretEntry entry) {
        return Stream.ofNullable(entry.schedule())
                .filter(it -> it.cron() != null)
                .flatMap(it -> times("spec.entries[%d].schedule".formatted(index), it.cron(), zone(it)));
    }

    private static String zone(Schedule schedule) {
        return schedule.timeZone() == null ? "UTC" : schedule.timeZone();
    }

    private static Stream<Finding> times(String where, @Nullable String cron, String zone) {
        try {
            return new CronTimes(cron, ZoneId.of(zone)).next(SOME_DAY).isPresent()
                    ? Stream.empty()
                    : Finding.of(
                            Reason.ScheduleImpossible,
                            "%s.cron: '%s' never comes. Choose a day that there is",
                            where,
                            cron);
        } catch (DateTimeException _) {
            return Finding.of(
                    Reason.ScheduleImpossible,
                    "%s.timeZone: %s is no time zone. Write it as the tz database does, such as Europe/Berlin",
                    where,
                    zone);
        } catch (IllegalArgumentException e) {
            return Finding.of(Reason.ScheduleImpossible, "%s.cron: %s", where, e.getMessage());
        }
    }

    /** Of the certificates that end, the one that lives shortest. */
    private Stream<Finding> openings() {
        return spec.windows().isEmpty()
                ? Stream.empty()
                : spec.entries().stream()
                        .flatMap(entry -> life(entry).map(it -> new Mortal(entry.name(), it)).stream())
                        .min(Comparator.comparing(Mortal::life))
                        .stream()
                        .flatMap(this::openings);
    }

    /** An entry whose value ends by itself. */
    private record Mortal(String entry, Duration life) {}

    private static Optional<Duration> life(SecretEntry entry) {
        return Optional.ofNullable(entry.ca())
                .map(it -> it.validity())
                .or(() -> Optional.ofNullable(entry.tls())
                        .filter(it -> it.issuer() != null)
                        .map(it -> it.validity()))
                .map(Span::of);
    }

    private Stream<Finding> openings(Mortal mortal) {
        var windows = spec.windows().stream().map(Opening::of).toList();
        return IntStream.range(0, LOOKS)
                        .mapToObj(look -> SOME_DAY.plus(STRIDE.multipliedBy(look)))
                        .allMatch(made -> windows.stream().anyMatch(it -> it.opens(made, mortal.life())))
                ? Stream.empty()
                : Finding.of(
                        Reason.ScheduleImpossible,
                        "spec.windows: a certificate of %s lives %s, and some would live and end without any window being"
                                + " open. Add a window, or raise validity",
                        mortal.entry(),
                        days(mortal.life()));
    }

    private static String days(Duration life) {
        return life.toDays() > 1 ? life.toDays() + " days" : life.toHours() + " hours";
    }

    private record Opening(CronTimes times, Duration length) {

        static Opening of(RotationWindow window) {
            return new Opening(new CronTimes(window.cron(), ZoneId.of(window.timeZone())), Span.of(window.duration()));
        }

        boolean opens(Instant from, Duration within) {
            return times.last(from).filter(it -> it.plus(length).isAfter(from)).isPresent()
                    || times.next(from)
                            .filter(it -> !it.isAfter(from.plus(within)))
                            .isPresent();
        }
    }
}
