package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.operation.OperationReport;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pass → how far the environment is with each open Operation. Pure. */
final class OperationReporter {

    private OperationReporter() {}

    static Map<OperationId, OperationReport> reports(Pass pass, List<Operation> open) {
        var reports = new HashMap<OperationId, OperationReport>();
        open.forEach(operation -> reports.put(OperationId.of(operation), report(pass, operation)));
        return Map.copyOf(reports);
    }

    private static OperationReport report(Pass pass, Operation operation) {
        return switch (pass) {
            case Pass.Missing missing ->
                OperationReport.held(new Standing.Reconciling(
                        Reason.WaitingForEnvironment, "The environment waits: " + missing.message()));
            case Pass.Impossible impossible ->
                OperationReport.held(new Standing.Reconciling(
                        Reason.WaitingForEnvironment,
                        "The environment is stalled: "
                                + impossible.acceptance().problems().getFirst().message()));
            case Pass.Previewed _ ->
                OperationReport.held(new Standing.Reconciling(
                        Reason.WaitingForEnvironment,
                        "The environment is held, and nothing is written. Set spec.reconcile to Apply"));
            case Pass.Ending ending -> ended(ending, operation);
            case Pass.Abandoned abandoned ->
                operation.getSpec().action() == OperationAction.Release
                        ? OperationReport.done(abandoned.message(), List.of())
                        : OperationReport.refused("The environment is gone: " + abandoned.message(), List.of());
            case Pass.Released released -> released(released, operation);
            case Pass.Live live ->
                switch (operation.getSpec().action()) {
                    case Purge -> Purge.report(operation, live.plan(), live.outcome());
                    case Adopt ->
                        live.adoptions()
                                .getOrDefault(
                                        OperationId.of(operation),
                                        OperationReport.underWay("The environment takes it up", List.of()));
                    case Rotate, Rollback, Hold, Resume, Retry, Compromised ->
                        live.kept()
                                .operations()
                                .getOrDefault(
                                        OperationId.of(operation),
                                        OperationReport.underWay("The environment takes it up", List.of()));
                    case Release, ReplaceCluster -> OperationReport.underWay("The environment takes it up", List.of());
                };
        };
    }

    private static OperationReport ended(Pass.Ending ending, Operation operation) {
        return operation.getSpec().action() == OperationAction.Purge
                        && ending.left().isEmpty()
                ? Purge.report(operation, ending.plan(), ending.outcome())
                : OperationReport.refused("The environment is being deleted", List.of());
    }

    private static OperationReport released(Pass.Released released, Operation operation) {
        if (operation.getSpec().action() != OperationAction.Release) {
            return OperationReport.refused(
                    "The environment was released. Take the annotation %s off it to have it looked after again"
                            .formatted(ReleaseMark.NAME),
                    List.of());
        }
        return released.done()
                ? OperationReport.done(
                        "Released: everything keeps running, and nothing of Bulkhead is on it. Nothing is repaired or"
                                + " rotated any more",
                        released.results())
                : OperationReport.underWay(
                        "Being released" + (released.trouble().isEmpty() ? "" : ": " + released.trouble()),
                        released.results());
    }
}
