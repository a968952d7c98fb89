package dev.bulkhead.apply;

import dev.bulkhead.apply.Step.Why;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The process before this one. It may have died after it wrote an object and before it put that down in the inventory.
 * What it wrote is then nobody's drift, also when the plan has gone back since: it is put right, and nobody is blamed.
 */
final class Predecessor {

    /** It writes beside us on what it runs, as the annotation of a rollout, and never what is ours. */
    private static final String KUBERNETES = "kube-controller-manager";

    private final Set<EnvironmentId> past = ConcurrentHashMap.newKeySet();

    List<Step> excused(EnvironmentId environment, List<Step> steps, Function<Ref, Optional<Observation>> observed) {
        return past.contains(environment)
                ? steps
                : steps.stream().map(step -> excused(step, observed)).toList();
    }

    private static Step excused(Step step, Function<Ref, Optional<Observation>> observed) {
        return step instanceof Step.Write write
                        && write.why() == Why.EDITED
                        && observed.apply(write.ref())
                                .map(Observation::otherManager)
                                .filter(manager -> !manager.isEmpty() && !manager.equals(KUBERNETES))
                                .isEmpty()
                ? new Step.Write(write.entry(), write.desired(), Why.UNKNOWN, write.uid())
                : step;
    }

    /** This process has written what there was to write. */
    void isPast(EnvironmentId environment) {
        past.add(environment);
    }
}
