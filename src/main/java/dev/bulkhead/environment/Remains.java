package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Target;
import dev.bulkhead.cluster.Connections;
import dev.bulkhead.operation.OperationReport;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
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
        var tally = new PurgeTally();
        for (var name : operation.getSpec().purge().namespaces()) {
            var ref = Ref.namespace(name);
            var live = connections.local().get(ref);
            if (live.isEmpty()) {
                tally.gone(ref, "isn't there (any more)");
            } else if (!ownership.owns(labels(live.get()))) {
                tally.refused(
                        ref,
                        "not this environment's; it was left alone",
                        "%s isn't of environment %s".formatted(ref, ownership.environment()));
            } else {
                delete(live.get(), ref, connections.local());
                tally.open(ref, "being deleted", "%s is being deleted".formatted(ref));
            }
        }
        return tally.report();
    }

    private static void delete(GenericKubernetesResource live, Ref ref, Target target) {
        if (live.getMetadata().getDeletionTimestamp() == null) {
            target.delete(ref, live.getMetadata().getUid());
        }
    }

    private static Map<String, String> labels(GenericKubernetesResource object) {
        return Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
    }
}
