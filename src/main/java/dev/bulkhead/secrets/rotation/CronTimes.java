package dev.bulkhead.secrets.rotation;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The times of a cron expression, in a zone: five fields, or a name such as {@code @daily}. */
public final class CronTimes {

    private static final CronParser PARSER = new CronParser(definition());
    private static final int SUNDAY_TOO = 7;

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
        return times.nextExecution(moment.atZone(zone)).map(ZonedDateTime::toInstant);
    }

    /** The last before it, or itself. */
    public Optional<Instant> last(Instant moment) {
        // A second later, as what is asked for is before that.
        return times.lastExecution(
                        moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).atZone(zone))
                .map(ZonedDateTime::toInstant);
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
