package dev.bulkhead.secrets.report;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.VersionFacts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of an entry. A time that there isn't is {@link Instant#MAX}.
 *
 * @param late from when on a value is kept that should be gone
 */
record SecretSample(
        SecretType type,
        String phase,
        Instant rotated,
        Instant due,
        Instant late,
        Instant notBefore,
        Instant notAfter) {

    static SecretSample of(EntryReport report) {
        var line = report.line();
        return new SecretSample(
                report.type(),
                report.phase(),
                or(line.rotated()),
                due(line),
                late(report),
                report.current().map(VersionFacts::notBefore).orElse(Instant.MAX),
                report.current().map(VersionFacts::notAfter).orElse(Instant.MAX));
    }

    /** Once the new version is published it isn't overdue any more, whatever is still to be done. */
    private static Instant due(Line line) {
        return switch (line.phase()) {
            case Stable, Due, Staged, Installed, Verified, Lost -> or(line.next());
            case Published, Converging, Draining, Retired, RollingBack -> Instant.MAX;
        };
    }

    private static Instant late(EntryReport report) {
        var line = report.line();
        if (line.previous() == 0 && line.retiring() == 0) {
            return Instant.MAX;
        }
        return switch (line.phase()) {
            case Converging, RollingBack -> waitsForLeaves(report) ? Instant.MAX : line.since();
            case Published, Retired -> line.since();
            case Draining -> or(line.drainUntil());
            case Stable, Due, Staged, Installed, Verified, Lost -> Instant.MAX;
        };
    }

    /** A CA stays until the drains of its leaves are over, which take as long as they should; each leaf tells when it is late. */
    private static boolean waitsForLeaves(EntryReport report) {
        return report.type() == SecretType.CA
                && report.consumers().stream().allMatch(it -> it.state().equals(EntryReport.CURRENT));
    }

    private static Instant or(@Nullable Instant time) {
        return time == null ? Instant.MAX : time;
    }

    double age(Instant now) {
        return since(rotated, now);
    }

    double overdue(Instant now) {
        return since(due, now);
    }

    double drainLate(Instant now) {
        return since(late, now);
    }

    boolean ends() {
        return !notAfter.equals(Instant.MAX);
    }

    /** Below zero when it has ended. */
    double expires(Instant now) {
        return ends() ? seconds(now, notAfter) : Double.NaN;
    }

    double lifeLeft(Instant now) {
        return ends() && notBefore.isBefore(notAfter)
                ? seconds(now, notAfter) / seconds(notBefore, notAfter)
                : Double.NaN;
    }

    private static double since(Instant time, Instant now) {
        return time.isBefore(now) ? seconds(time, now) : 0;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }
}
