package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.operation.OperationReport;

/** Outcome of a pass → how far it is with a Purge. Pure. */
final class Purge {

    private Purge() {}

    static OperationReport report(Operation operation, Plan plan, Outcome outcome) {
        var planned = plan.byRef().keySet();
        var tally = new PurgeTally();
        for (var name : operation.getSpec().purge().namespaces()) {
            var ref = Ref.namespace(name);
            if (planned.contains(ref)) {
                tally.refused(
                        ref,
                        "in use; it was left alone",
                        ("%s is in use: the environment wants it. Take it out of spec.namespaces first, then create"
                                        + " another Operation")
                                .formatted(ref));
                continue;
            }
            var said = outcome.results().stream()
                    .filter(it -> it.ref().equals(ref))
                    .findFirst();
            switch (said.orElse(new Applied.Removed(ref))) {
                case Applied.Removed _ -> tally.gone(ref, gone(said.isPresent()));
                case Applied.Waiting waiting -> tally.open(ref, "being deleted", waiting.message());
                case Applied.Refused no -> tally.open(ref, no.message(), no.message());
                default -> tally.open(ref, "still there", "%s is still there".formatted(ref));
            }
        }
        return tally.report();
    }

    private static String gone(boolean now) {
        return now ? "gone, with its data" : "this environment has no such namespace (any more)";
    }
}
