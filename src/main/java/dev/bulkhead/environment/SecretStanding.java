package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.keeping.Kept;
import dev.bulkhead.secrets.report.EntryReport;
import dev.bulkhead.secrets.report.ScopeSummary;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the entries of a SecretScope are. Pure. */
final class SecretStanding {

    /** The published value is the one of the source. */
    private static final String PUBLISHED = "Published";

    private SecretStanding() {}

    /** Entry → where it is, of those that have a value or are on the way to one. */
    static Map<String, SecretEntryStatus> statuses(Blueprint blueprint, Origin scope, Kept kept) {
        var statuses = new TreeMap<String, SecretEntryStatus>();
        blueprint.secrets().values().stream()
                .filter(it -> it.origin().equals(scope))
                .forEach(it -> statuses.put(
                        it.entry(), new SecretEntryStatus(it.entry(), phase(it.entry(), kept), it.version())));
        blueprint.brought().values().stream()
                .filter(it -> it.origin().equals(scope))
                .map(it -> it.entry().name())
                .forEach(it -> statuses.put(
                        it,
                        new SecretEntryStatus(it, ScopeSummary.BROUGHT, null)
                                .with(kept.brought().getOrDefault(it, List.of()))));
        reports(kept, scope)
                // What was published before there were versions is published until there is one.
                .filter(report -> report.line().current() > 0 || !statuses.containsKey(report.entry()))
                .forEach(report -> statuses.put(report.entry(), report.status()));
        return Map.copyOf(statuses);
    }

    private static String phase(String entry, Kept kept) {
        return kept.entries().claims().containsKey(entry) ? ScopeSummary.GRANTED : PUBLISHED;
    }

    private static Stream<EntryReport> reports(Kept kept, Origin scope) {
        return kept.reports().values().stream().filter(report -> Origin.secretScope(
                        kept.entries().kept().get(report.entry()).scope())
                .equals(scope));
    }

    /** What keeps a scope from being in order: the old value stays in use meanwhile. */
    static Optional<Standing> of(Pass.Live live, Origin scope) {
        var reports = reports(live.kept(), scope).toList();
        return stalled(reports.stream(), Phase.Lost.name(), Reason.SecretLost)
                .or(() -> stalled(reports.stream(), EntryReport.FAILED, Reason.RotationFailed))
                .or(() -> first(reports.stream()));
    }

    private static Optional<Standing> stalled(Stream<EntryReport> reports, String phase, Reason reason) {
        var told = reports.filter(report -> report.phase().equals(phase))
                .map(report ->
                        "entry %s: %s".formatted(report.entry(), report.status().message()))
                .collect(Collectors.joining("; "));
        return told.isEmpty() ? Optional.empty() : Optional.of(new Standing.Stalled(reason, told));
    }

    private static Optional<Standing> first(Stream<EntryReport> reports) {
        var making = reports.filter(report -> report.line().current() == 0)
                .map(EntryReport::entry)
                .collect(Collectors.joining(", "));
        return making.isEmpty()
                ? Optional.empty()
                : Optional.of(new Standing.Reconciling(
                        Reason.WaitingForSecret, "The first values of these entries are being made: " + making));
    }
}
