package dev.bulkhead.environment.adoption;

import dev.bulkhead.api.v1alpha1.AdoptMode;
import dev.bulkhead.api.v1alpha1.AdoptSettings;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.apply.Adoption;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Site;
import dev.bulkhead.environment.Planned;
import dev.bulkhead.operation.OperationId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Does what Operations Adopt say, before the plan is applied: looks, and writes into the inventory what is ours from now
 * on. The plan then says the rest, and the applier does it as it does everything.
 */
public final class Adopter {

    private Adopter() {}

    /**
     * @param planning plans anew with what has been adopted by then
     * @return what is to be applied, and what is to be said of each Operation
     */
    public static Adopting adopt(
            List<Operation> operations, Adoptions adopted, Site site, Function<Adoptions, Planned> planning) {
        var planned = planning.apply(adopted);
        if (!adopted.byRef().isEmpty()) {
            // Usually nothing is to be written: it is in the inventory, unless that was lost.
            remember(planned, adopted.byRef(), site);
        }
        var undertakings = new HashMap<OperationId, Undertaking>();
        for (var operation : operations) {
            if (operation.getSpec().action() != OperationAction.Adopt) {
                continue;
            }
            var wish = operation.getSpec().adopt();
            var survey = Survey.of(wish, planned, site);
            var wanted = adoptions(survey, wish, planned);
            var then = planning.apply(planned.draft().blueprint().adoptions().with(wanted));
            var undertaking = Undertaking.of(wish, survey, then, site);
            undertakings.put(OperationId.of(operation), undertaking);
            if (wish.mode() != AdoptMode.Preview && undertaking.obstacles().isEmpty()) {
                remember(then, wanted, site);
                planned = then;
            }
        }
        return new Adopting(planned, Map.copyOf(undertakings));
    }

    private static void remember(Planned planned, Map<Ref, Adoption> wanted, Site site) {
        var environment = planned.plan().environment();
        var before = site.inventory(environment);
        var after = before.adopt(planned.plan().entries().stream(), wanted);
        if (!after.equals(before)) {
            site.store(environment, after);
        }
    }

    private static Map<Ref, Adoption> adoptions(Survey survey, AdoptSettings wish, Planned planned) {
        var generations = new HashMap<Object, Long>();
        planned.draft().blueprint().workloads().forEach(it -> generations.put(it.origin(), it.generation()));
        var adoptions = new TreeMap<Ref, Adoption>();
        survey.candidates()
                .forEach(it -> adoptions.put(
                        it.ref(),
                        it.adoption(
                                wish.mode(), generations.getOrDefault(it.entry().origin(), 0L))));
        return adoptions;
    }
}
