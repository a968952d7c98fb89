package dev.bulkhead.mesh;

import dev.bulkhead.api.v1alpha1.MeshIdentityStatus;
import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.cluster.MeshStanding;
import dev.bulkhead.mesh.MeshCourse.Pace;
import dev.bulkhead.mesh.MeshCourse.Result;
import dev.bulkhead.secrets.report.EntryReport;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a look came to → what people are told. Pure. */
final class MeshReporter {

    /** With less of its life left, something keeps the next one from coming. */
    private static final double LATE = 0.1;

    private MeshReporter() {}

    static MeshStanding standing(Result result, Instant now) {
        var status = status(result);
        var reports = result.reports();
        if (reports.values().stream().anyMatch(it -> it.line().phase() == Phase.Lost)) {
            return new MeshStanding(Optional.of(false), Reason.SecretLost, messages(reports), status);
        }
        if (result.refusal().isPresent()) {
            return new MeshStanding(
                    Optional.of(false),
                    Reason.RotationFailed,
                    "Deployment %s/%s refuses the issuer in Secret %s, and signs with the one before: %s"
                            .formatted(
                                    Linkerd.NAMESPACE,
                                    Linkerd.IDENTITY,
                                    Linkerd.ISSUER,
                                    result.refusal().get()),
                    status);
        }
        var ending = reports.values().stream()
                .filter(it -> lifeLeft(it, now).filter(left -> left < LATE).isPresent())
                .map(it -> "%s ends at %s".formatted(it.entry(), it.status().expires()))
                .collect(Collectors.joining(", "));
        if (!ending.isEmpty()) {
            return new MeshStanding(
                    Optional.of(false),
                    Reason.CertificateEnds,
                    "%s, and what follows isn't in use: %s".formatted(ending, messages(reports)),
                    status);
        }
        return going(result, status);
    }

    private static MeshStanding going(Result result, MeshIdentityStatus status) {
        var reports = result.reports();
        var isThere = reports.size() == 2
                && reports.values().stream().allMatch(it -> it.line().current() != 0);
        if (result.pace() == Pace.AT_REST && isThere) {
            return new MeshStanding(Optional.of(true), Reason.Ready, "Trust anchor and issuer are in use", status);
        }
        var words = messages(reports);
        return new MeshStanding(
                Optional.of(isThere), Reason.Progressing, words.isEmpty() ? "Being made" : words, status);
    }

    /** Of what lasts, until the next look says something else. */
    static MeshStanding refused(Reason reason, String message, Optional<MeshStanding> before) {
        return new MeshStanding(
                Optional.of(false),
                reason,
                message,
                before.map(MeshStanding::status).orElse(new MeshIdentityStatus(null, null, null, List.of())));
    }

    private static MeshIdentityStatus status(Result result) {
        var behind = result.evidence().pods();
        return new MeshIdentityStatus(
                status(result.reports(), MeshEntries.ANCHOR),
                status(result.reports(), MeshEntries.ISSUER),
                behind.size(),
                behind.stream().limit(MeshIdentityStatus.MOST_NAMED).toList());
    }

    private static SecretEntryStatus status(Map<String, EntryReport> reports, String entry) {
        return Optional.ofNullable(reports.get(entry)).map(EntryReport::status).orElse(null);
    }

    private static String messages(Map<String, EntryReport> reports) {
        return reports.values().stream()
                .map(EntryReport::status)
                .filter(it -> it.message() != null)
                .map(it -> "%s, %s: %s".formatted(it.name(), it.phase(), it.message()))
                .collect(Collectors.joining("; "));
    }

    /** As a part of its life. */
    static Optional<Double> lifeLeft(EntryReport report, Instant now) {
        return Optional.ofNullable(report.versions().get(report.line().current()))
                .filter(it -> it.notBefore() != null && it.notAfter() != null)
                .map(it -> lifeLeft(it, now));
    }

    private static double lifeLeft(VersionFacts facts, Instant now) {
        var life = Duration.between(facts.notBefore(), facts.notAfter()).toSeconds();
        return life <= 0 ? 0 : Duration.between(now, facts.notAfter()).toSeconds() / (double) life;
    }
}
