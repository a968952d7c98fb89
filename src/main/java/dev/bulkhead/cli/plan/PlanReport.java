package dev.bulkhead.cli.plan;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.cli.manifest.Fault;
import dev.bulkhead.cli.plan.EnvironmentPlan.Impossible;
import dev.bulkhead.cli.plan.EnvironmentPlan.Made;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What there is to say of some files, and of what changed in them.
 *
 * @param base what they are compared with, as it was named; empty when with nothing
 * @param faults of the texts; with any, nothing was planned
 * @param remarks in the order of their weight
 */
public record PlanReport(String base, List<Part> parts, List<Fault> faults, List<Remark> remarks) {

    /**
     * One environment.
     *
     * @param plan an empty one of an environment that goes
     */
    public record Part(EnvironmentId id, String cluster, Plan plan, Comparison comparison, ReachChange reach) {}

    public static PlanReport faulty(String base, List<Fault> faults) {
        return new PlanReport(
                base, List.of(), faults, faults.stream().map(Remark::of).toList());
    }

    static PlanReport of(String base, List<EnvironmentPlan> before, List<EnvironmentPlan> after, List<Remark> others) {
        var parts = new TreeMap<String, Part>();
        var reach = base.isEmpty()
                ? Map.<EnvironmentId, ReachChange>of()
                : ReachChange.between(made(before), made(standing(before, after)));
        // One that can't be had any more stays as it is, which isn't as if it went.
        for (var plan : before) {
            if (plan instanceof Made made
                    && after.stream().noneMatch(it -> it.id().equals(made.id()))) {
                parts.put(made.id().toString(), part(made, made.plan(), nothing(made.id()), reach));
            }
        }
        for (var plan : after) {
            if (plan instanceof Made made) {
                var old = find(before, made.id()).map(Made::plan).orElseGet(() -> nothing(made.id()));
                parts.put(made.id().toString(), part(made, old, made.plan(), reach));
            }
        }
        var remarks = new ArrayList<>(others);
        after.forEach(it -> remarks.addAll(it.remarks()));
        return new PlanReport(
                base,
                List.copyOf(parts.values()),
                List.of(),
                remarks.stream().sorted().toList());
    }

    private static Part part(Made made, Plan before, Plan after, Map<EnvironmentId, ReachChange> reach) {
        return new Part(
                made.id(),
                made.cluster(),
                after,
                Comparison.between(before, after),
                reach.getOrDefault(made.id(), ReachChange.NONE));
    }

    /** What can't be had stands as it stood. */
    private static List<EnvironmentPlan> standing(List<EnvironmentPlan> before, List<EnvironmentPlan> after) {
        return after.stream()
                .flatMap(it -> it instanceof Made ? Stream.of(it) : find(before, it.id()).stream())
                .toList();
    }

    private static List<Made> made(List<EnvironmentPlan> plans) {
        return plans.stream()
                .filter(Made.class::isInstance)
                .map(Made.class::cast)
                .toList();
    }

    private static Plan nothing(EnvironmentId id) {
        return new Plan(id, List.of());
    }

    private static Optional<Made> find(List<EnvironmentPlan> plans, EnvironmentId id) {
        return plans.stream()
                .filter(it -> it.id().equals(id))
                .flatMap(it -> switch (it) {
                    case Made made -> Stream.of(made);
                    case Impossible _ -> Stream.<Made>empty();
                })
                .findFirst();
    }

    public boolean isCompared() {
        return !base.isEmpty();
    }

    public boolean refuses() {
        return remarks.stream().anyMatch(Remark::refuses);
    }
}
