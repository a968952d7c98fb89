package dev.bulkhead.secrets.report;

import dev.bulkhead.secrets.rotation.Line;
import java.time.temporal.ChronoUnit;

/** What failed last, and what becomes of it. */
final class FailureText {

    private FailureText() {}

    static String of(Line line) {
        return "failed %s, and is %s: %s"
                .formatted(
                        line.attempts() <= 1 ? "once" : "%d times".formatted(line.attempts()),
                        next(line),
                        line.message());
    }

    private static String next(Line line) {
        if (line.onHold()) {
            return "on hold until an Operation Resume";
        }
        return line.retryAt() == null
                ? "being tried again"
                : "tried again at %s".formatted(line.retryAt().truncatedTo(ChronoUnit.SECONDS));
    }
}
