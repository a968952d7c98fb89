package dev.bulkhead.environment.rule;

import dev.bulkhead.status.Reason;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a zone is one. The schema knows how they are written, and not which there are. */
final class Zones {

    private Zones() {}

    static Stream<Finding> check(String where, @Nullable String zone) {
        try {
            if (zone != null) {
                ZoneId.of(zone);
            }
            return Stream.empty();
        } catch (DateTimeException _) {
            return Finding.of(
                    Reason.ScheduleImpossible,
                    "%s: %s is no time zone. Write it as the tz database does, such as Europe/Berlin",
                    where,
                    zone);
        }
    }
}
