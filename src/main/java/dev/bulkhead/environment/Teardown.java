package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.DeletionPolicy;
import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Applier;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Target;
import dev.bulkhead.cluster.Connections;
import dev.bulkhead.status.EventRecorder;
import dev.bulkhead.status.EventRecorder.Type;
import java.util.List;

/** The end of an environment: everything that the inventory names goes, in reverse order. Data stays. */
public final class Teardown {

    private final String hubId;
    private final Connections connections;
    private final Applier applier;
    private final EventRecorder events;

    public Teardown(String hubId, Connections connections, Applier applier, EventRecorder events) {
        this.hubId = hubId;
        this.connections = connections;
        this.applier = applier;
        this.events = events;
    }

    /**
     * Goes on taking down. Whether nothing is left that the environment has to stay for.
     *
     * @param operations the open ones about this environment
     */
    public boolean isDone(Environment environment, List<Operation> operations) {
        var metadata = environment.getMetadata();
        var id = EnvironmentId.of(environment);
        Target target = connections.local();
        if (environment.getSpec().deletionPolicy() == DeletionPolicy.Retain) {
            target.store(id, Inventory.EMPTY);
            events.record(
                    environment, Type.Normal, "Retained", "Everything keeps running; nothing repairs it any more");
            return true;
        }
        var plan = new Plan(id, List.of());
        var outcome = applier.apply(
                plan, new Ownership(hubId, id, metadata.getUid()), target, OperationConsent.of(operations, plan));
        outcome.all(Applied.Kept.class)
                .forEach(kept -> events.record(environment, Type.Warning, "Kept", kept.message()));
        if (!outcome.complete()) {
            return false;
        }
        target.store(id, Inventory.EMPTY);
        return true;
    }
}
