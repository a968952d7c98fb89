package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.operation.OperationReport;
import java.util.ArrayList;
import java.util.List;

/** Outcome of a pass → how far it is with a Purge. Pure. */
final class Purge {

    private Purge() {}

    static OperationReport report(Operation operation, Plan plan, Outcome outcome) {
        var planned = plan.byRef().keySet();
        var results = new ArrayList<OperationResult>();
        var refused = new ArrayList<String>();
        var open = new ArrayList<String>();
        for (var name : operation.getSpec().purge().namespaces()) {
            var ref = Ref.namespace(name);
            if (planned.contains(ref)) {
                refused.add(("%s is in use: the environment wants it. Take it out of spec.namespaces first, then create"
                                + " another Operation")
                        .formatted(ref));
                results.add(new OperationResult(ref.toString(), "in use; it was left alone"));
                continue;
            }
            var said = outcome.results().stream()
                    .filter(it -> it.ref().equals(ref))
                    .findFirst();
            switch (said.orElse(new Applied.Removed(ref))) {
                case Applied.Removed _ -> results.add(new OperationResult(ref.toString(), gone(said.isPresent())));
                case Applied.Waiting waiting -> {
                    open.add(waiting.message());
                    results.add(new OperationResult(ref.toString(), "being deleted"));
                }
                case Applied.Refused no -> {
                    open.add(no.message());
                    results.add(new OperationResult(ref.toString(), no.message()));
                }
                default -> open.add("%s is still there".formatted(ref));
            }
        }
        if (!open.isEmpty()) {
            return OperationReport.underWay(String.join("; ", open), results);
        }
        return refused.isEmpty()
                ? OperationReport.done(done(results), results)
                : OperationReport.refused(String.join("; ", refused), results);
    }

    private static String gone(boolean now) {
        return now ? "gone, with its data" : "this environment has no such namespace (any more)";
    }

    private static String done(List<OperationResult> results) {
        return "%d namespaces are gone".formatted(results.size());
    }
}
