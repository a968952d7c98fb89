package dev.bulkhead.cli.plan;

import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.environment.Slices;
import java.util.function.Function;

/**
 * What a plan is made of beside resources.
 *
 * @param hubId empty where nobody knows it; then what is shown leaves it out
 * @param capabilities of a cluster, by its name
 * @param slices what was accepted before, of an environment
 * @param adoptions what was there before us, of an environment
 */
public record Setting(
        String hubId,
        Function<String, Capabilities> capabilities,
        Function<EnvironmentId, Slices> slices,
        Function<EnvironmentId, Adoptions> adoptions) {

    /** Files alone, without a hub and a cluster. */
    static Setting offline(Function<String, Capabilities> capabilities, Function<EnvironmentId, Slices> slices) {
        return new Setting("", capabilities, slices, _ -> Adoptions.NONE);
    }
}
