package dev.bulkhead.environment;

import dev.bulkhead.apply.Plan;
import dev.bulkhead.environment.pillar.Access;
import dev.bulkhead.environment.pillar.Authorizations;
import dev.bulkhead.environment.pillar.BroughtSecrets;
import dev.bulkhead.environment.pillar.Compute;
import dev.bulkhead.environment.pillar.Hooks;
import dev.bulkhead.environment.pillar.Isolation;
import dev.bulkhead.environment.pillar.Namespaces;
import dev.bulkhead.environment.pillar.OwnAccess;
import dev.bulkhead.environment.pillar.Pillar;
import dev.bulkhead.environment.pillar.Secrets;
import dev.bulkhead.environment.pillar.Traffic;
import java.util.List;

/** Blueprint → plan. The same planner serves the reconciler, {@code reconcile: Plan} and the tests. */
public final class EnvironmentPlanner {

    private static final List<Pillar> PILLARS = List.of(
            new Namespaces(),
            new OwnAccess(),
            new Access(),
            new Isolation(),
            new Authorizations(),
            new Secrets(),
            new BroughtSecrets(),
            new Compute(),
            new Hooks(),
            new Traffic());

    public Plan plan(Blueprint blueprint) {
        return new Plan(
                blueprint.environment(),
                PILLARS.stream()
                        .flatMap(pillar -> pillar.plan(blueprint))
                        .map(blueprint.adoptions()::reduce)
                        .toList(),
                blueprint.capabilities().unserved(),
                Hooks.over(blueprint));
    }
}
