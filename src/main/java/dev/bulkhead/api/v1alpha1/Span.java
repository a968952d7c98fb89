package dev.bulkhead.api.v1alpha1;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A time as these resources write it: days, hours, minutes and seconds, such as 90d or 1h30m. */
public final class Span {

    private static final Pattern UNITS = Pattern.compile(Syntax.SPAN);

    private Span() {}

    /** @throws IllegalArgumentException when it isn't one; the API server lets none of these through */
    public static Duration of(String text) {
        var units = UNITS.matcher(text);
        if (text.isEmpty() || !units.matches()) {
            throw new IllegalArgumentException("not a time, such as 90d or 1h30m: " + text);
        }
        return Duration.ofDays(number(units.group(1)))
                .plusHours(number(units.group(2)))
                .plusMinutes(number(units.group(3)))
                .plusSeconds(number(units.group(4)));
    }

    private static long number(@Nullable String unit) {
        return unit == null ? 0 : Long.parseLong(unit.substring(0, unit.length() - 1));
    }
}
