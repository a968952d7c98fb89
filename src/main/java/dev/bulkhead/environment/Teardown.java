package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.DeletionPolicy;
import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.apply.Applier;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Target;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The end of an environment that is deleted: everything that is its own goes, in reverse order. Data stays. It needs
 * neither class nor contributors, which may be gone before it.
 */
public final class Teardown {

    private final String hubId;
    private final Function<Environment, Where> where;
    private final Applier applier;
    private final Retreat retreat;
    private final Consumer<EnvironmentId> last;

    /**
     * @param where an environment lives
     * @param last done when all else is gone
     */
    public Teardown(
            String hubId,
            Function<Environment, Where> where,
            Applier applier,
            Retreat retreat,
            Consumer<EnvironmentId> last) {
        this.hubId = hubId;
        this.where = where;
        this.applier = applier;
        this.retreat = retreat;
        this.last = last;
    }

    /**
     * Goes on taking down.
     *
     * @param operations the open ones about this environment
     */
    public Pass look(Environment environment, List<Operation> operations) {
        var id = EnvironmentId.of(environment);
        var plan = new Plan(id, List.of());
        if (environment.getSpec().deletionPolicy() == DeletionPolicy.Retain) {
            return left(plan, "deletionPolicy is Retain");
        }
        var reason = retreat.reason(id.namespace());
        if (reason.isPresent()) {
            return left(plan, reason.get());
        }
        return switch (where.apply(environment)) {
            case Where.Here here -> down(environment, plan, here.target(), operations);
            case Where.Away away
            when away.lost() && Abandonment.isAllowed(operations) -> new Pass.Abandoned(Abandonment.in(away));
            case Where.Away away -> new Pass.Missing(Reason.WaitingForCluster, Abandonment.waiting(away));
        };
    }

    private Pass.Ending down(Environment environment, Plan plan, Target target, List<Operation> operations) {
        var id = EnvironmentId.of(environment);
        var ownership = new Ownership(hubId, id, environment.getMetadata().getUid());
        var outcome = applier.apply(plan, ownership, target, OperationConsent.of(operations, plan));
        if (outcome.complete()) {
            last.accept(id);
            target.store(id, Inventory.EMPTY);
        }
        return new Pass.Ending(plan, outcome, outcome.complete(), "");
    }

    /** Everything keeps running, with our labels: an environment of the same name takes it back. */
    private static Pass.Ending left(Plan plan, String why) {
        return new Pass.Ending(
                plan,
                new Outcome(List.of()),
                true,
                why + ": everything keeps running, and nothing looks after it until an Environment of this name comes");
    }
}
