package dev.bulkhead.secrets.rotation;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The times of a cron expression of five fields, in a zone. */
public final class CronTimes {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneId zone;

    /** @throws IllegalArgumentException with a message for people, when it isn't one */
    public CronTimes(String expression, ZoneId zone) {
        times = ExecutionTime.forCron(PARSER.parse(expression));
        this.zone = zone;
    }

    /** The first after it; empty when there is none any more. */
    public Optional<Instant> next(Instant moment) {
        return times.nextExecution(moment.atZone(zone)).map(ZonedDateTime::toInstant);
    }

    /** The last before it, or itself. */
    public Optional<Instant> last(Instant moment) {
        var at = moment.atZone(zone);
        return times.isMatch(at) && at.getSecond() == 0 && at.getNano() == 0
                ? Optional.of(moment)
                : times.lastExecution(at).map(ZonedDateTime::toInstant);
    }
}
