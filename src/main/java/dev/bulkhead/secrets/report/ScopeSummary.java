package dev.bulkhead.secrets.report;

import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.secrets.rotation.Phase;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The entries of a SecretScope in few words. */
public final class ScopeSummary {

    /** Beside the names of {@link Phase}: another operator brings it, and knows more. */
    public static final String BROUGHT = "Brought";

    /** Beside the names of {@link Phase}: another SecretScope lets this one use it, and knows more. */
    public static final String GRANTED = "Granted";

    private static final Set<String> TROUBLE = Set.of(Phase.Lost.name(), EntryReport.FAILED);

    private ScopeSummary() {}

    /** Such as {@code 1 Draining, 11 Stable}. */
    public static String of(List<SecretEntryStatus> entries) {
        Map<String, Long> byPhase = entries.stream()
                .collect(Collectors.groupingBy(SecretEntryStatus::phase, TreeMap::new, Collectors.counting()));
        return byPhase.entrySet().stream()
                .map(it -> "%d %s".formatted(it.getValue(), it.getKey()))
                .collect(Collectors.joining(", "));
    }

    /** When the first of them is due. */
    public static Optional<String> next(List<SecretEntryStatus> entries) {
        return entries.stream()
                .map(SecretEntryStatus::nextRotation)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /** What isn't rotated here has come from where it comes from, and that is all. */
    public static boolean isAtRest(SecretEntryStatus entry) {
        return entry.phase().equals(Phase.Stable.name())
                || entry.phase().equals(BROUGHT)
                || entry.phase().equals(GRANTED)
                || entry.phase().equals(Phase.Published.name()) && entry.rotationId() == null;
    }

    public static boolean isTrouble(SecretEntryStatus entry) {
        return TROUBLE.contains(entry.phase());
    }
}
