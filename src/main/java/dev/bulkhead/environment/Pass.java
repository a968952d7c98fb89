package dev.bulkhead.environment;

import dev.bulkhead.apply.Health;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Step;
import dev.bulkhead.environment.Drafting.Draft;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.operation.OperationReport;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.Map;

/** What one look at an environment came to. Everything that is reported is worked out from this. */
public sealed interface Pass {

    /** Something that the environment needs isn't there. */
    record Missing(Reason reason, String message) implements Pass {}

    /** It asks for what its class doesn't allow. Nothing was written. */
    record Impossible(Acceptance acceptance) implements Pass {}

    /** {@code reconcile: Plan} or {@code Pause}: what would have been done. */
    record Previewed(Acceptance acceptance, Draft draft, Plan plan, List<Step> steps) implements Pass {

        public List<Step> changes() {
            return steps.stream().filter(step -> !(step instanceof Step.Leave)).toList();
        }
    }

    /**
     * The plan was applied.
     *
     * @param health of the workloads whose pods are ours
     * @param adoptions what is to be said of Operations Adopt
     */
    record Live(
            Acceptance acceptance,
            Draft draft,
            Plan plan,
            Outcome outcome,
            Map<Origin, Health> health,
            Map<OperationId, OperationReport> adoptions)
            implements Pass {}
}
