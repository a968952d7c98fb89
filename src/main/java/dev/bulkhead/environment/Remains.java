package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Target;
import dev.bulkhead.operation.OperationReport;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an environment that is gone has left: namespaces with data, which a Purge may still name. Nobody knows any more in
 * which cluster it was, so it is looked for in all of them.
 */
public final class Remains {

    private static final String DELETED = "being deleted in cluster ";

    private final String hubId;
    private final Supplier<Map<String, Where>> clusters;

    /** @param clusters every cluster that there is, by name */
    public Remains(String hubId, Supplier<Map<String, Where>> clusters) {
        this.hubId = hubId;
        this.clusters = clusters;
    }

    private final class Search {

        private final Ownership ownership;
        private final List<OperationResult> before;
        private final Map<String, Where> everywhere = clusters.get();
        private final PurgeTally tally = new PurgeTally();

        /** @param before what was said when it was looked last */
        Search(EnvironmentId environment, List<OperationResult> before) {
            ownership = new Ownership(hubId, environment, "");
            this.before = before;
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
                notFound(ref);
            }
        }

        /** It was in one cluster, so one that can't be reached matters only if it was seen nowhere else. */
        private void notFound(Ref ref) {
            var unseen = everywhere.values().stream()
                    .filter(Where.Away.class::isInstance)
                    .map(Where.Away.class::cast)
                    .filter(Where.Away::lost)
                    .map(it -> "TargetCluster %s (%s)".formatted(it.cluster(), it.message()))
                    .toList();
            if (unseen.isEmpty() || wasBeingDeleted(ref)) {
                tally.gone(ref, "isn't there (any more)");
            } else {
                var where = String.join("; ", unseen);
                tally.refused(
                        ref,
                        "wasn't looked for in " + where,
                        "%s may still be in %s. Create another Operation when that can be reached"
                                .formatted(ref, where));
            }
        }

        private boolean wasBeingDeleted(Ref ref) {
            return before.stream()
                    .anyMatch(it ->
                            it.object().equals(ref.toString()) && it.text().startsWith(DELETED));
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
            tally.open(ref, DELETED + cluster, "%s is being deleted in cluster %s".formatted(ref, cluster));
            return true;
        }

        /** One that is lost isn't waited for: it may stay so, and the rest is done. */
        private boolean waitFor(Ref ref, Where.Away away) {
            if (!away.lost()) {
                var where = "TargetCluster %s: %s".formatted(away.cluster(), away.message());
                tally.open(ref, "not looked for yet in " + where, "%s may be in %s".formatted(ref, where));
            }
            return !away.lost();
        }
    }

    /** Lets go the namespaces that a Purge names; its environment isn't there to do it. */
    public OperationReport purge(Operation operation) {
        var search = new Search(
                new EnvironmentId(
                        operation.getMetadata().getNamespace(),
                        operation.getSpec().environmentRef().name()),
                operation.getStatus() == null
                        ? List.of()
                        : operation.getStatus().results());
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
