package dev.bulkhead.secrets.rotation;

import dev.bulkhead.api.v1alpha1.RotationWindow;
import dev.bulkhead.api.v1alpha1.Schedule;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScopeSpec;
import dev.bulkhead.api.v1alpha1.Span;
import dev.bulkhead.secrets.rotation.Timing.Cron;
import dev.bulkhead.secrets.rotation.Timing.Every;
import dev.bulkhead.secrets.rotation.Timing.Never;
import dev.bulkhead.secrets.rotation.Timing.Window;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a SecretScope says of times, read. Everything that can't be read is refused with what to write instead. */
public final class Timings {

    private static final double USUAL_JITTER = 0.1;
    private static final int USUAL_RENEWAL = 66;
    private static final double HUNDRED = 100.0;

    private Timings() {}

    /** @throws IllegalArgumentException with a message for people, when something can't be read */
    public static Timing of(SecretEntry entry, SecretScopeSpec scope) {
        return new Timing(
                schedule(entry.schedule()),
                jitter(entry.schedule()),
                scope.windows().stream().map(Timings::window).toList(),
                renewAt(entry));
    }

    private static Timing.Schedule schedule(@Nullable Schedule schedule) {
        if (schedule == null) {
            return new Never();
        }
        return schedule.cron() == null
                ? new Every(Span.of(Objects.requireNonNull(schedule.every())))
                : cron(schedule.cron(), Objects.requireNonNullElse(schedule.timeZone(), "UTC"));
    }

    private static Cron cron(String expression, String zone) {
        var cron = new Cron(expression, zone(zone));
        new CronTimes(cron.expression(), cron.zone());
        return cron;
    }

    private static Window window(RotationWindow window) {
        var opens = cron(window.cron(), window.timeZone());
        return new Window(opens.expression(), Span.of(window.duration()), opens.zone());
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'%s' is no time zone: write one such as Europe/Berlin or UTC".formatted(name), e);
        }
    }

    private static double jitter(@Nullable Schedule schedule) {
        if (schedule != null && schedule.jitter() != null) {
            return percent(schedule.jitter()) / HUNDRED;
        }
        return schedule != null && schedule.cron() != null ? 0 : USUAL_JITTER;
    }

    private static int renewAt(SecretEntry entry) {
        return switch (entry.type()) {
            case TLS ->
                entry.tls() == null ? USUAL_RENEWAL : percent(entry.tls().renewAt());
            case CA -> entry.ca() == null ? USUAL_RENEWAL : percent(entry.ca().renewAt());
            case Password, Token, UUID, HMACKey, SSHKey, KeyPair, BasicAuth, Static, External, Granted -> USUAL_RENEWAL;
        };
    }

    private static int percent(String text) {
        return Integer.parseInt(text.substring(0, text.length() - 1));
    }
}
