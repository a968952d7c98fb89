package dev.bulkhead.secrets.rotation;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * When an entry is rotated.
 *
 * @param jitter how much of the period it may be off, so that not everything happens at once; 0 to 1
 * @param windows when a rotation may start; none: always
 * @param renewAt after how many percent of its life what expires is replaced
 */
public record Timing(Schedule schedule, double jitter, List<Window> windows, int renewAt) {

    public sealed interface Schedule {}

    public record Never() implements Schedule {}

    public record Every(Duration period) implements Schedule {}

    public record Cron(String expression, ZoneId zone) implements Schedule {}

    public record Window(String cron, Duration length, ZoneId zone) {}

    public Timing {
        windows = List.copyOf(windows);
    }
}
