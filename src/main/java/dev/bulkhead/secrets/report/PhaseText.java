package dev.bulkhead.secrets.report;

import dev.bulkhead.secrets.rotation.Line;
import java.time.temporal.ChronoUnit;

/** Where an entry is, as a sentence. */
final class PhaseText {

    private PhaseText() {}

    static String of(Line line) {
        return "%s: %s%s%s".formatted(line.phase(), step(line), hold(line), failure(line));
    }

    private static String step(Line line) {
        return switch (line.phase()) {
            case Stable -> "version %d is the one in use".formatted(line.current());
            case Due ->
                line.pending() == 0
                        ? "another version is to be made"
                        : "version %d is to be made".formatted(line.pending());
            case Staged -> "version %d is made, and brought to those who have to accept it".formatted(line.pending());
            case Installed -> "version %d is accepted, and tried".formatted(line.pending());
            case Verified -> "version %d works, and is about to be published".formatted(line.pending());
            case Published -> "version %d is being published".formatted(line.current());
            case Converging ->
                "version %d is published, and being taken up by those who use it".formatted(line.current());
            case Draining ->
                "version %d is in use; version %d is accepted%s"
                        .formatted(
                                line.current(),
                                line.previous(),
                                line.drainUntil() == null
                                        ? ""
                                        : " until %s"
                                                .formatted(line.drainUntil().truncatedTo(ChronoUnit.SECONDS)));
            case Retired -> "version %d is not accepted any more, and being revoked".formatted(line.retiring());
            case RollingBack -> "going back to version %d".formatted(line.current());
            case Lost -> "the vault doesn't hold version %d".formatted(line.current());
        };
    }

    private static String hold(Line line) {
        return line.onHold() && line.message().isEmpty() ? "; on hold" : "";
    }

    private static String failure(Line line) {
        return line.message().isEmpty() ? "" : "; %s".formatted(FailureText.of(line));
    }
}
