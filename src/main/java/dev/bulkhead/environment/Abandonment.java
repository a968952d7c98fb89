package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.api.v1alpha1.Unreachable;
import java.util.List;

/** What may be left behind in a cluster that can't be reached, and what is said of it. Pure. */
final class Abandonment {

    private Abandonment() {}

    /** Only on somebody's word: as long as nobody says that a cluster is gone for good, it may come back. */
    static boolean isAllowed(List<Operation> operations) {
        return operations.stream().anyMatch(Abandonment::isAllowedBy);
    }

    static boolean isAllowedBy(Operation operation) {
        var release = operation.getSpec().release();
        return operation.getSpec().action() == OperationAction.Release
                && release != null
                && release.unreachable() == Unreachable.Abandon;
    }

    static String in(Where.Away away) {
        return "Operation Release abandoned what it has in TargetCluster %s, which can't be reached (%s)"
                .formatted(away.cluster(), away.message());
    }

    /** Of an environment that is deleted. */
    static String waiting(Where.Away away) {
        return ("It is deleted, and what it has is in TargetCluster %s: %s. It waits for that. If the cluster is gone for"
                        + " good, create an Operation Release with release: {unreachable: Abandon}")
                .formatted(away.cluster(), away.message());
    }
}
