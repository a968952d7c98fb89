package dev.bulkhead.secrets.rotation;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The times of a cron expression, in a zone: five fields, or a name such as {@code @daily}. */
public final class CronTimes {

    private static final CronParser PARSER = new CronParser(definition());
    private static final int SUNDAY_TOO = 7;

    /** By as much as a country that changes sides of the date line. */
    private static final Duration LONGEST_LEAP = Duration.ofDays(1);

    private final ExecutionTime times;
    private final ZoneId zone;

    /** @throws IllegalArgumentException with a message for people, when it isn't one */
    public CronTimes(String expression, ZoneId zone) {
        try {
            times = ExecutionTime.forCron(PARSER.parse(expression));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'%s' is no cron expression (%s): write five fields, such as '30 2 * * 1-5', or a name such as @daily"
                            .formatted(expression, e.getMessage()),
                    e);
        }
        this.zone = zone;
    }

    /** The first after it; empty when there is none any more. */
    public Optional<Instant> next(Instant moment) {
        var shown = times.nextExecution(moment.atZone(zone)).map(ZonedDateTime::toInstant);
        return shown.flatMap(it -> Stream.concat(shown.stream(), leapt(moment.minus(LONGEST_LEAP), it))
                .filter(moment::isBefore)
                .min(Comparator.naturalOrder()));
    }

    /** The last before it, or itself. */
    public Optional<Instant> last(Instant moment) {
        // A second later, as what is asked for is before that.
        var shown = times.lastExecution(
                        moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).atZone(zone))
                .map(ZonedDateTime::toInstant);
        return shown.flatMap(it -> Stream.concat(shown.stream(), leapt(it.minus(LONGEST_LEAP), moment))
                .filter(leapt -> !leapt.isAfter(moment))
                .max(Comparator.naturalOrder()));
    }

    /** What the clocks of the zone leap over when they are put forward: the library leaves that out. */
    private Stream<Instant> leapt(Instant from, Instant to) {
        return Stream.iterate(
                        zone.getRules().nextTransition(from),
                        it -> it != null && !it.getInstant().isAfter(to),
                        it -> zone.getRules().nextTransition(it.getInstant()))
                .filter(ZoneOffsetTransition::isGap)
                .flatMap(this::during);
    }

    /** It comes as much later as the clocks were put forward. */
    private Stream<Instant> during(ZoneOffsetTransition leap) {
        var end = leap.getDateTimeBefore().plus(leap.getDuration()).atZone(ZoneOffset.UTC);
        var before = leap.getDateTimeBefore().minusSeconds(1).atZone(ZoneOffset.UTC);
        return Stream.iterate(
                        times.nextExecution(before),
                        it -> it.filter(end::isAfter).isPresent(),
                        it -> it.flatMap(times::nextExecution))
                .flatMap(Optional::stream)
                .map(it -> it.toLocalDateTime().atZone(zone).toInstant());
    }

    /** As crontab(5) has it, with its names. */
    private static CronDefinition definition() {
        return CronDefinitionBuilder.defineCron()
                .withMinutes()
                .withStrictRange()
                .and()
                .withHours()
                .withStrictRange()
                .and()
                .withDayOfMonth()
                .withStrictRange()
                .and()
                .withMonth()
                .withStrictRange()
                .and()
                .withDayOfWeek()
                .withValidRange(0, SUNDAY_TOO)
                .withMondayDoWValue(1)
                .withIntMapping(SUNDAY_TOO, 0)
                .withStrictRange()
                .and()
                .withSupportedNicknameYearly()
                .withSupportedNicknameAnnually()
                .withSupportedNicknameMonthly()
                .withSupportedNicknameWeekly()
                .withSupportedNicknameDaily()
                .withSupportedNicknameMidnight()
                .withSupportedNicknameHourly()
                .instance();
    }
}
