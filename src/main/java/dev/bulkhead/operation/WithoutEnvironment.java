package dev.bulkhead.operation;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.status.Patience;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What becomes of an Operation about environments that aren't there, or aren't there any more. */
final class WithoutEnvironment {

    private final OperationReports reports;
    private final Function<Operation, OperationReport> remains;

    WithoutEnvironment(OperationReports reports, Function<Operation, OperationReport> remains) {
        this.reports = reports;
        this.remains = remains;
    }

    OperationReport report(Operation operation, Instant now) {
        if (operation.getSpec().action() == OperationAction.Purge) {
            return remains.apply(operation);
        }
        return operation.getSpec().environmentRef() == null
                ? OperationReport.done("There is no environment here: nothing was to be done", List.of())
                : lastWords(operation).orElseGet(() -> missing(operation, now));
    }

    /** It may be gone because of just this operation. */
    private Optional<OperationReport> lastWords(Operation operation) {
        var environment = new EnvironmentId(
                operation.getMetadata().getNamespace(),
                operation.getSpec().environmentRef().name());
        return reports.find(OperationId.of(operation), environment).filter(OperationReport::finished);
    }

    private static OperationReport missing(Operation operation, Instant now) {
        var name = operation.getSpec().environmentRef().name();
        var waiting = new Standing.Reconciling(
                Reason.WaitingForEnvironment,
                "Environment %s isn't there. Create it; or create another Operation, with another environmentRef"
                        .formatted(name));
        var standing = Patience.with(waiting, operation.getStatus().conditions(), now);
        // One-shot: it must not lie in wait for an environment of that name in a month.
        return new OperationReport(standing, List.of(), standing instanceof Standing.Stalled);
    }
}
