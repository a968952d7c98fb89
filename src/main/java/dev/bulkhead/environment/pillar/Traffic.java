package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.environment.Blueprint;
import java.util.stream.Stream;

/**
 * How requests get to the workloads of a mesh: which other workload answers, how many are taken, and how a new version
 * comes in. What callers try again and how long they wait stands on the Services.
 */
public final class Traffic implements Pillar {

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        var mesh = new Mesh(blueprint);
        return blueprint.workloads().stream()
                .filter(workload -> workload.spec().traffic() != null && mesh.has(workload))
                .map(workload -> new Rendering(blueprint, workload))
                .flatMap(rendering -> Stream.of(
                                TrafficRoutes.of(rendering), RateLimits.of(rendering), Canaries.of(rendering))
                        .flatMap(entries -> entries));
    }
}
