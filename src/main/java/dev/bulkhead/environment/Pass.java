package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.apply.Health;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Step;
import dev.bulkhead.environment.Drafting.Draft;
import dev.bulkhead.environment.keeping.Kept;
import dev.bulkhead.environment.reach.Reached;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.operation.OperationReport;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.Map;

/** What one look at an environment came to. Everything that is reported is worked out from this. */
public sealed interface Pass {

    /** Whether there is nothing to come back for. */
    default boolean isLast() {
        return switch (this) {
            case Ending ending -> ending.done();
            case Released released -> released.done();
            case Abandoned _ -> true;
            case Missing _, Impossible _, Previewed _, Live _ -> false;
        };
    }

    /** Something that the environment needs isn't there. */
    record Missing(Reason reason, String message) implements Pass {}

    /** It asks for what its class doesn't allow. Nothing was written. */
    record Impossible(Acceptance acceptance) implements Pass {}

    /** {@code reconcile: Plan} or {@code Pause}: what would have been done. */
    record Previewed(Acceptance acceptance, Draft draft, Plan plan, List<Step> steps, Kept kept) implements Pass {

        public List<Step> changes() {
            return steps.stream()
                    .filter(step -> switch (step) {
                        case Step.Leave _, Step.Keep _, Step.Unserved _ -> false;
                        case Step.Write _, Step.Remove _, Step.Wait _, Step.HoldBack _, Step.Gone _ -> true;
                    })
                    .toList();
        }
    }

    /**
     * The plan was applied.
     *
     * @param health of the workloads whose pods are ours
     * @param adoptions what is to be said of Operations Adopt
     * @param fingerprint of the plan
     * @param reached who reaches whom, with the plan in place
     * @param unmeshed pods that are to have a proxy of the mesh and have none
     * @param kept where its secrets are
     */
    record Live(
            Acceptance acceptance,
            Draft draft,
            Plan plan,
            Outcome outcome,
            Map<Origin, Health> health,
            Map<OperationId, OperationReport> adoptions,
            String fingerprint,
            Reached reached,
            List<String> unmeshed,
            Kept kept)
            implements Pass {}

    /**
     * It is being deleted.
     *
     * @param plan an empty one
     * @param done whether nothing is left that the environment has to stay for
     * @param left why everything was left as it is; empty when it was taken down
     */
    record Ending(Plan plan, Outcome outcome, boolean done, String left) implements Pass {}

    /** It was deleted, and what it had is left in a cluster that is gone for good, as somebody said. */
    record Abandoned(String message) implements Pass {}

    /**
     * It was let go, or is about to be: nothing of ours is on what it had, and nothing looks after it.
     *
     * @param since empty while it isn't done
     * @param results object by object
     * @param trouble what keeps it from being done; empty when nothing does
     */
    record Released(String since, List<OperationResult> results, String trouble) implements Pass {
        boolean done() {
            return !since.isEmpty();
        }
    }
}
