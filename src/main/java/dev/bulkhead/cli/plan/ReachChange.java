package dev.bulkhead.cli.plan;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cli.plan.EnvironmentPlan.Made;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.environment.pillar.Prospect;
import dev.bulkhead.network.reach.Access;
import dev.bulkhead.network.reach.Difference;
import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Party;
import dev.bulkhead.network.reach.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who newly reaches whom, and who doesn't any more, in words. What a node reaches, and what is open for probes, isn't news.
 */
public record ReachChange(List<String> opened, List<String> closed) {

    public static final ReachChange NONE = new ReachChange(List.of(), List.of());

    private static final Predicate<Edge> MEANT =
            edge -> !edge.isProbe() && !edge.from().onNode();

    /** Of each environment, as its cluster will be when all of them are applied. */
    static Map<EnvironmentId, ReachChange> between(List<Made> before, List<Made> after) {
        var changes = new TreeMap<EnvironmentId, ReachChange>(
                (one, other) -> one.toString().compareTo(other.toString()));
        var all = Stream.concat(before.stream(), after.stream()).toList();
        all.stream().map(Made::cluster).distinct().forEach(cluster -> {
            var difference = Difference.between(world(on(cluster, before)), world(on(cluster, after)));
            all.stream()
                    .filter(it -> it.cluster().equals(cluster))
                    .collect(Collectors.groupingBy(
                            Made::id, Collectors.flatMapping(ReachChange::namespaces, Collectors.toSet())))
                    .forEach((id, namespaces) -> changes.put(id, of(difference, namespaces)));
        });
        return changes;
    }

    public static ReachChange between(World before, World after) {
        return of(Difference.between(before, after), _ -> true);
    }

    private static List<Made> on(String cluster, List<Made> plans) {
        return plans.stream().filter(it -> it.cluster().equals(cluster)).toList();
    }

    /** What some environments will be together, on the cluster that they share. */
    public static World world(List<Made> plans) {
        var capabilities =
                plans.stream().map(it -> it.blueprint().capabilities()).findFirst();
        return Prospect.world(
                plans.stream()
                        .map(it -> new Prospect(it.blueprint(), it.plan()))
                        .toList(),
                capabilities.orElse(Capabilities.UNKNOWN));
    }

    private static Stream<String> namespaces(Made made) {
        return made.blueprint().namespaces().stream().map(TargetNamespace::name);
    }

    private static ReachChange of(Difference difference, Set<String> namespaces) {
        return of(difference, party -> party instanceof Endpoint it && namespaces.contains(it.namespace()));
    }

    private static ReachChange of(Difference difference, Predicate<Party> concerned) {
        Predicate<Edge> told = MEANT.and(edge -> concerned.test(edge.from()) || concerned.test(edge.to()));
        var opened = new ArrayList<String>();
        var closed = new ArrayList<String>();
        difference.added().stream().filter(told).map(Edge::toString).forEach(opened::add);
        difference.removed().stream().filter(told).map(Edge::toString).forEach(closed::add);
        difference.changed().stream().filter(it -> told.test(it.after())).forEach(it -> {
            words(it.after(), it.gained()).ifPresent(opened::add);
            words(it.after(), it.lost()).ifPresent(closed::add);
        });
        return new ReachChange(
                opened.stream().sorted().toList(), closed.stream().sorted().toList());
    }

    /** A part of what an edge lets through. */
    private static Optional<String> words(Edge edge, Access part) {
        return part.isEmpty()
                ? Optional.empty()
                : Optional.of("%s -> %s: %s %s"
                        .formatted(edge.from(), edge.to(), edge.portInWords(), part.inWords())
                        .strip());
    }
}
