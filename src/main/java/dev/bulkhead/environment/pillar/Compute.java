package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.environment.Blueprint;
import java.util.stream.Stream;

/** What runs: for each workload its files, its account, its Services, its controller and how that scales. */
public final class Compute implements Pillar {

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        return blueprint.workloads().stream()
                .filter(workload -> !workload.deliveredByOthers())
                .map(workload -> new Rendering(blueprint, workload))
                .flatMap(rendering -> Stream.of(
                                Foundations.of(rendering),
                                Services.of(rendering),
                                Controllers.of(rendering),
                                Scaling.of(rendering))
                        .flatMap(entries -> entries));
    }
}
