package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Target;
import dev.bulkhead.cluster.Connections;
import dev.bulkhead.operation.OperationReport;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Optional;

/** What an environment that is gone has left: namespaces with data, which a Purge may still name. */
public final class Remains {

    private final String hubId;
    private final Connections connections;

    public Remains(String hubId, Connections connections) {
        this.hubId = hubId;
        this.connections = connections;
    }

    /** Lets go the namespaces that a Purge names; its environment isn't there to do it. */
    public OperationReport purge(Operation operation) {
        var ownership = new Ownership(
                hubId,
                new EnvironmentId(
                        operation.getMetadata().getNamespace(),
                        operation.getSpec().environmentRef().name()),
                "");
        var results = new ArrayList<OperationResult>();
        var refused = new ArrayList<String>();
        var open = new ArrayList<String>();
        for (var name : operation.getSpec().purge().namespaces()) {
            var ref = Ref.namespace(name);
            var live = connections.local().get(ref);
            if (live.isEmpty()) {
                results.add(new OperationResult(ref.toString(), "isn't there (any more)"));
            } else if (!ownership.owns(labels(live.get()))) {
                refused.add("%s isn't of environment %s".formatted(ref, ownership.environment()));
                results.add(new OperationResult(ref.toString(), "not this environment's; it was left alone"));
            } else {
                open.add(ref.toString());
                results.add(new OperationResult(ref.toString(), "being deleted"));
                delete(live.get(), ref, connections.local());
            }
        }
        if (!open.isEmpty()) {
            return OperationReport.underWay("Being deleted: " + String.join(", ", open), results);
        }
        return refused.isEmpty()
                ? OperationReport.done("%d namespaces are gone".formatted(results.size()), results)
                : OperationReport.refused(String.join("; ", refused), results);
    }

    private static void delete(GenericKubernetesResource live, Ref ref, Target target) {
        if (live.getMetadata().getDeletionTimestamp() == null) {
            target.delete(ref, live.getMetadata().getUid());
        }
    }

    private static java.util.Map<String, String> labels(GenericKubernetesResource object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).orElse(java.util.Map.of());
    }
}
