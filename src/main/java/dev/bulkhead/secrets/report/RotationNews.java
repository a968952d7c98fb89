package dev.bulkhead.secrets.report;

import dev.bulkhead.secrets.rotation.Cause;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.status.EventRecorder.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is worth an Event when the journal is written. The first version of an entry isn't: an environment that is made
 * has many. An Event names the entry, the version and the rotation, and never why something failed: that is in the status.
 */
public final class RotationNews {

    private RotationNews() {}

    public record News(String entry, Type type, Event event, String message) {}

    /** The constants are the reasons of the Events. */
    public enum Event {
        RotationStarted("begin a rotation"),
        RotationPublished("have published a new version"),
        RotationRetired("don't accept the version before any more, and it is gone"),
        RotationFailed("have failed in a rotation; the status of the SecretScope says why"),
        RolledBack("were taken back to the version before"),
        SecretLost("use a version that the vault doesn't hold; the status of the SecretScope says which");

        private final String ofMany;

        Event(String ofMany) {
            this.ofMany = ofMany;
        }

        /** What is said of several entries. */
        String ofMany() {
            return ofMany;
        }
    }

    /**
     * @param before the line of each entry before some steps that follow each other
     * @param after and after them
     */
    public static List<News> of(Map<String, Line> before, Map<String, Line> after) {
        return after.entrySet().stream()
                .filter(it -> before.containsKey(it.getKey()))
                .flatMap(it -> of(it.getKey(), before.get(it.getKey()), it.getValue()).stream())
                .toList();
    }

    private static List<News> of(String entry, Line before, Line after) {
        var news = new ArrayList<News>();
        var begun = isBegun(before, after);
        if (begun) {
            news.add(normal(
                    entry,
                    Event.RotationStarted,
                    "%s to version %d begins, because of %s"
                            .formatted(rotation(after), after.pending(), after.cause())));
        }
        if (before.current() != 0 && after.current() != before.current()) {
            news.add(
                    Cause.isRollback(after.cause())
                            ? warning(
                                    entry,
                                    Event.RolledBack,
                                    "version %d is published again, instead of %d"
                                            .formatted(after.current(), before.current()))
                            : normal(
                                    entry,
                                    Event.RotationPublished,
                                    "%s has published version %d".formatted(rotation(after), after.current())));
        }
        if (isTakenAway(before, after)) {
            news.add(warning(
                    entry, Event.RolledBack, "version %d is not published any more".formatted(before.pending())));
        }
        if (isGone(before, after)) {
            news.add(normal(
                    entry,
                    Event.RotationRetired,
                    "version %d is not accepted any more, and gone".formatted(before.retiring())));
        }
        if (hasFailed(before, after)) {
            news.add(warning(
                    entry,
                    Event.RotationFailed,
                    "%s has failed; the status of the SecretScope says why".formatted(rotation(after))));
        }
        if (after.phase() == Phase.Lost && before.phase() != Phase.Lost) {
            news.add(warning(
                    entry,
                    Event.SecretLost,
                    "the vault doesn't hold a version that is in use; the status of the SecretScope says which"));
        }
        return news;
    }

    private static boolean isBegun(Line before, Line after) {
        // After a refusal the same rotation goes on with other bytes and another id.
        var other = before.phase() == Phase.Stable || !before.cause().equals(after.cause());
        return other
                && after.pending() != 0
                && !after.rotationId().equals(before.rotationId())
                && !after.cause().equals(Cause.FIRST);
    }

    private static boolean isTakenAway(Line before, Line after) {
        return before.pending() != 0
                && after.pending() == 0
                && after.current() == before.current()
                && Cause.isRollback(after.cause());
    }

    private static boolean isGone(Line before, Line after) {
        // What is compromised breaks in and leaves for later what was being cleared away.
        var left = isBegun(before, after) && Cause.isLeap(after.cause());
        return before.retiring() != 0 && after.retiring() != before.retiring() && !left;
    }

    private static boolean hasFailed(Line before, Line after) {
        return after.phase() != Phase.Lost
                && !after.message().isEmpty()
                && (after.attempts() > before.attempts() || !after.message().equals(before.message()));
    }

    private static String rotation(Line line) {
        return "rotation %s".formatted(line.rotationId());
    }

    private static News normal(String entry, Event event, String text) {
        return new News(entry, Type.Normal, event, text);
    }

    private static News warning(String entry, Event event, String text) {
        return new News(entry, Type.Warning, event, text);
    }
}
