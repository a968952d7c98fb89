package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.operation.OperationReport;
import java.util.ArrayList;
import java.util.List;

/** What became of each namespace that a Purge names, and so of the Purge. */
final class PurgeTally {

    private final List<OperationResult> results = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> open = new ArrayList<>();

    /** There is nothing (more) to be done about it. */
    void gone(Ref namespace, String words) {
        results.add(new OperationResult(namespace.toString(), words));
    }

    /** @param why for whoever asked, in whole */
    void refused(Ref namespace, String words, String why) {
        refused.add(why);
        results.add(new OperationResult(namespace.toString(), words));
    }

    /** @param wait what is waited for, in whole */
    void open(Ref namespace, String words, String wait) {
        open.add(wait);
        results.add(new OperationResult(namespace.toString(), words));
    }

    OperationReport report() {
        if (!open.isEmpty()) {
            return OperationReport.underWay(String.join("; ", open), results);
        }
        return refused.isEmpty()
                ? OperationReport.done("%d namespaces are gone".formatted(results.size()), results)
                : OperationReport.refused(String.join("; ", refused), results);
    }
}
