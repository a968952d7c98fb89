package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Target;
import dev.bulkhead.operation.OperationReport;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an environment that is gone has left: namespaces with data, which a Purge may still name. Nobody knows any more in
 * which cluster it was, so it is looked for in all of them.
 */
public final class Remains {

    private final String hubId;
    private final Supplier<Map<String, Where>> clusters;

    /** @param clusters every cluster that there is, by name */
    public Remains(String hubId, Supplier<Map<String, Where>> clusters) {
        this.hubId = hubId;
        this.clusters = clusters;
    }

    private final class Search {

        private final Ownership ownership;
        private final Map<String, Where> everywhere = clusters.get();
        private final PurgeTally tally = new PurgeTally();

        Search(EnvironmentId environment) {
            ownership = new Ownership(hubId, environment, "");
        }

        void letGo(String name) {
            var ref = Ref.namespace(name);
            var found = false;
            for (var at : everywhere.entrySet()) {
                found |= switch (at.getValue()) {
                    case Where.Here here -> letGo(ref, at.getKey(), here.target());
                    case Where.Away away -> waitFor(ref, away);
                };
            }
            if (!found) {
                tally.gone(ref, "isn't there (any more)");
            }
        }

        private boolean letGo(Ref ref, String cluster, Target target) {
            var live = target.get(ref);
            if (live.isEmpty()) {
                return false;
            }
            if (!ownership.owns(labels(live.get()))) {
                tally.refused(
                        ref,
                        "not this environment's; it was left alone",
                        "%s in cluster %s isn't of environment %s".formatted(ref, cluster, ownership.environment()));
                return true;
            }
            delete(live.get(), ref, target);
            tally.open(
                    ref,
                    "being deleted in cluster " + cluster,
                    "%s is being deleted in cluster %s".formatted(ref, cluster));
            return true;
        }

        /** One that is lost isn't waited for: it may stay so, and the rest is done. */
        private boolean waitFor(Ref ref, Where.Away away) {
            var where = "TargetCluster %s: %s".formatted(away.cluster(), away.message());
            if (away.lost()) {
                tally.gone(ref, "wasn't looked for in " + where);
            } else {
                tally.open(ref, "not looked for yet in " + where, "%s may be in %s".formatted(ref, where));
            }
            return false;
        }
    }

    /** Lets go the namespaces that a Purge names; its environment isn't there to do it. */
    public OperationReport purge(Operation operation) {
        var search = new Search(new EnvironmentId(
                operation.getMetadata().getNamespace(),
                operation.getSpec().environmentRef().name()));
        operation.getSpec().purge().namespaces().forEach(search::letGo);
        return search.tally.report();
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
