package dev.bulkhead.cli.plan;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.pillar.Prospect;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;

/** What came of planning one environment. */
public sealed interface EnvironmentPlan {

    EnvironmentId id();

    List<Remark> remarks();

    /** @param accepted the contributors that are in it as they are written */
    record Made(
            EnvironmentId id,
            String cluster,
            Blueprint blueprint,
            Plan plan,
            Map<Origin, HasMetadata> accepted,
            List<Remark> remarks)
            implements EnvironmentPlan {

        /** The same, in the words of reach. */
        public Prospect prospect() {
            return new Prospect(blueprint, plan);
        }
    }

    /** The environment can't be had so, and nothing of it would be touched. */
    record Impossible(EnvironmentId id, List<Remark> remarks) implements EnvironmentPlan {}
}
