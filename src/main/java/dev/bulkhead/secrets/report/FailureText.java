package dev.bulkhead.secrets.report;

import dev.bulkhead.secrets.rotation.Line;

/** What failed last, and what becomes of it. */
final class FailureText {

    private FailureText() {}

    static String of(Line line) {
        return "failed %s: %s%s"
                .formatted(
                        line.attempts() <= 1 ? "once" : "%d times".formatted(line.attempts()),
                        line.message(),
                        line.retryAt() == null ? "" : ". It is tried again at %s".formatted(line.retryAt()));
    }
}
