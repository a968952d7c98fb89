package dev.bulkhead.secrets.report;

import dev.bulkhead.api.v1alpha1.SecretConsumer;
import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Observed;
import dev.bulkhead.secrets.rotation.Outlook;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.Terms;
import dev.bulkhead.secrets.rotation.VersionFacts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an entry is, as people are told.
 *
 * @param versions what the vault holds of it
 * @param held why it doesn't go on although nothing failed, such as a window that is closed; empty when it does
 * @param waitsFor what its phase waits for; empty when for nothing
 */
public record EntryReport(
        String entry,
        SecretType type,
        Line line,
        Map<Integer, VersionFacts> versions,
        String held,
        String waitsFor,
        List<SecretConsumer> consumers) {

    /** Beside the names of {@link Phase}: it was tried and didn't work. */
    public static final String FAILED = "Failed";

    /** Beside the names of {@link Phase}: it isn't tried. */
    public static final String HELD = "Held";

    /** Of a consumer: all of its pods have what is published. */
    public static final String CURRENT = "Current";

    private static final String BEHIND = "Behind";

    public EntryReport {
        versions = Map.copyOf(versions);
        consumers = List.copyOf(consumers);
    }

    /** Of those who use it nothing is known but with which values their pods were started. */
    public static EntryReport of(
            Terms terms, Line line, Observed observed, Collection<String> workloads, String problem, Instant now) {
        return of(terms, line, observed, workloads, Map.of(), problem, now);
    }

    /**
     * @param workloads those that use it
     * @param evidence workload → what is known of it; of the others, with which values their pods were started
     * @param problem what keeps a version from being made; empty when nothing does
     */
    public static EntryReport of(
            Terms terms,
            Line line,
            Observed observed,
            Collection<String> workloads,
            Map<String, String> evidence,
            String problem,
            Instant now) {
        var outlook = Outlook.of(terms, line, observed, now);
        return new EntryReport(
                terms.entry(),
                terms.type(),
                line,
                observed.versions(),
                problem.isEmpty() ? outlook.held() : problem,
                outlook.waitsFor(),
                consumers(
                        workloads,
                        Stream.concat(observed.acceptorsBehind().stream(), observed.usersBehind().stream())
                                .collect(Collectors.toSet()),
                        evidence));
    }

    /**
     * @param behind those of any entry of which a pod has another version, or may have
     * @param evidence workload → what is known of it, where that isn't with which values its pods were started
     */
    public static List<SecretConsumer> consumers(
            Collection<String> workloads, Set<String> behind, Map<String, String> evidence) {
        return workloads.stream()
                .sorted()
                .map(it -> behind.contains(it)
                        ? new SecretConsumer(
                                it, BEHIND, evidence.getOrDefault(it, "a pod of it was started with another version"))
                        : new SecretConsumer(
                                it,
                                CURRENT,
                                evidence.getOrDefault(it, "all of its pods were started with what is published")))
                .toList();
    }

    /** A line that fails or is held keeps its place; what is to be seen is that it stands. */
    public String phase() {
        if (line.phase() == Phase.Lost) {
            return Phase.Lost.name();
        }
        if (!line.message().isEmpty()) {
            return FAILED;
        }
        return held.isEmpty() ? line.phase().name() : HELD;
    }

    public SecretEntryStatus status() {
        return new SecretEntryStatus(
                entry,
                phase(),
                ordinal(line.current()),
                ordinal(line.previous()),
                text(line.rotationId()),
                text(line.cause()),
                time(line.rotated()),
                time(line.next()),
                current().map(it -> time(it.notAfter())).orElse(null),
                time(line.drainUntil()),
                consumers,
                text(message()));
    }

    Optional<VersionFacts> current() {
        return Optional.ofNullable(versions.get(line.current()));
    }

    private String message() {
        if (line.phase() == Phase.Lost) {
            return line.message();
        }
        if (!line.message().isEmpty()) {
            var now = line.retryAt() == null && !waitsFor.isEmpty() ? ". Now it waits for %s".formatted(waitsFor) : "";
            return "%s: %s%s".formatted(line.phase(), FailureText.of(line), now);
        }
        if (!held.isEmpty()) {
            return "%s: %s".formatted(line.phase(), held);
        }
        return waitsFor.isEmpty() ? "" : "waits for %s".formatted(waitsFor);
    }

    private static @Nullable String ordinal(int version) {
        return version == 0 ? null : Integer.toString(version);
    }

    private static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
