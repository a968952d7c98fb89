package dev.bulkhead.operation;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.api.v1alpha1.OperationStatus;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Standing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The reports of all environments that an Operation is about, as one. Pure. */
final class OperationSummary {

    /** How many results a status holds. */
    static final int MOST = 100;

    private OperationSummary() {}

    /** @param expected how many reports there will be */
    static OperationReport of(Operation operation, List<OperationReport> reports, int expected) {
        var results =
                shortened(reports.stream().flatMap(it -> it.results().stream()).toList());
        var open = reports.stream().filter(it -> !it.finished()).toList();
        if (reports.size() < expected || !open.isEmpty()) {
            var standing = open.stream()
                    .map(OperationReport::standing)
                    .reduce(OperationSummary::worse)
                    .orElseGet(() -> OperationReport.underWay(
                                    "%d of %d environments have taken up %s"
                                            .formatted(
                                                    reports.size(),
                                                    expected,
                                                    operation.getSpec().action()),
                                    List.of())
                            .standing());
            return new OperationReport(standing, results, false);
        }
        return new OperationReport(
                reports.stream()
                        .map(OperationReport::standing)
                        .reduce(OperationSummary::worse)
                        .orElseThrow(),
                results,
                true);
    }

    /** What an Operation says of itself now. */
    static OperationStatus status(Operation operation, OperationReport report, Instant now) {
        var before = operation.getStatus();
        var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        long generation = operation.getMetadata().getGeneration();
        return new OperationStatus(
                generation,
                Conditions.after(before == null ? List.of() : before.conditions(), generation, now)
                        .standing(report.standing())
                        .build(),
                before == null || before.startTime() == null ? time : before.startTime(),
                report.finished() ? time : null,
                report.results());
    }

    private static Standing worse(Standing one, Standing other) {
        return one instanceof Standing.Stalled || !(other instanceof Standing.Stalled) ? one : other;
    }

    private static List<OperationResult> shortened(List<OperationResult> results) {
        if (results.size() <= MOST) {
            return results;
        }
        var first = new ArrayList<>(results.subList(0, MOST));
        first.add(new OperationResult("", "and %d more".formatted(results.size() - MOST)));
        return List.copyOf(first);
    }
}
