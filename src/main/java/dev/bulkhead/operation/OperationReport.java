package dev.bulkhead.operation;

import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import java.util.List;

/**
 * How far one environment is with an Operation.
 *
 * @param finished whether nothing more is to be done, be it done or refused for good
 */
public record OperationReport(Standing standing, List<OperationResult> results, boolean finished) {

    public OperationReport {
        results = List.copyOf(results);
    }

    public static OperationReport underWay(String message, List<OperationResult> results) {
        return new OperationReport(new Standing.Reconciling(Reason.Progressing, message), results, false);
    }

    /** It can't go on until somebody does something else. */
    public static OperationReport held(Standing standing) {
        return new OperationReport(standing, List.of(), false);
    }

    public static OperationReport done(String message, List<OperationResult> results) {
        return new OperationReport(new Standing.Ready(Reason.Succeeded, message), results, true);
    }

    public static OperationReport refused(String message, List<OperationResult> results) {
        return new OperationReport(new Standing.Stalled(Reason.OperationRefused, message), results, true);
    }
}
