package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import java.util.stream.Stream;

/**
 * A port of a workload, as somebody's far end. Its two policies are named from the side of each: {@code
 * frontend.to.api.http} where frontend is, {@code api.from.frontend.http} where api is.
 */
record Edge(Blueprint blueprint, String callee, String port) {

    Stream<Entry> from(Policies policies, WorkloadSlice caller, String says, String... suffix) {
        return blueprint.workload(callee).stream().flatMap(target -> target.spec().ports().stream()
                .filter(candidate -> candidate.name().equals(port))
                .flatMap(open -> {
                    var wire = new Mesh(blueprint).wire(caller, target, open);
                    return Stream.of(
                            policies.egress(
                                    caller,
                                    name(caller.name(), "to", callee, suffix),
                                    says,
                                    Policies.pods(target),
                                    wire),
                            policies.ingress(
                                    target,
                                    name(callee, "from", caller.name(), suffix),
                                    says,
                                    Policies.pods(caller),
                                    wire));
                }));
    }

    private String name(String here, String direction, String there, String... suffix) {
        return Names.dotted(Stream.concat(Stream.of(here, direction, there, port), Stream.of(suffix))
                .toArray(String[]::new));
    }
}
