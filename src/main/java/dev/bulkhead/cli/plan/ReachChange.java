package dev.bulkhead.cli.plan;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cli.plan.EnvironmentPlan.Made;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.environment.pillar.Prospect;
import dev.bulkhead.network.reach.Access;
import dev.bulkhead.network.reach.Difference;
import dev.bulkhead.network.reach.Difference.Change;
import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Intent;
import dev.bulkhead.network.reach.Outside;
import dev.bulkhead.network.reach.Party;
import dev.bulkhead.network.reach.Who;
import dev.bulkhead.network.reach.Who.Someone;
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
 *
 * @param guarded what stays open, and is enforced or proved by others than before
 */
public record ReachChange(List<String> opened, List<String> closed, List<String> guarded) {

    public static final ReachChange NONE = new ReachChange(List.of(), List.of(), List.of());

    private static final Who NODES = new Someone(Outside.NODES);

    private static final Predicate<Edge> MEANT =
            edge -> !edge.isProbe() && !edge.from().onNode();

    /** Of each environment, as its cluster will be when all of them are applied. */
    static Map<EnvironmentId, ReachChange> between(List<Made> before, List<Made> after) {
        var changes = new TreeMap<EnvironmentId, ReachChange>(
                (one, other) -> one.toString().compareTo(other.toString()));
        var all = Stream.concat(before.stream(), after.stream()).toList();
        all.stream()
                .map(Made::cluster)
                .distinct()
                .filter(cluster -> isTold(on(cluster, all)))
                .forEach(cluster -> {
                    var difference = Difference.between(world(on(cluster, before)), world(on(cluster, after)));
                    all.stream()
                            .filter(it -> it.cluster().equals(cluster))
                            .collect(Collectors.groupingBy(
                                    Made::id, Collectors.flatMapping(ReachChange::namespaces, Collectors.toSet())))
                            .forEach((id, namespaces) -> changes.put(
                                    id, of(difference, namespaces).and(webhooks(id, before), webhooks(id, after))));
                });
        return changes;
    }

    public static ReachChange between(World before, World after) {
        return of(Difference.between(before, after), _ -> true);
    }

    private static boolean isTold(List<Made> plans) {
        return plans.stream().noneMatch(it -> it.prospect().isUntold());
    }

    private static List<Made> on(String cluster, List<Made> plans) {
        return plans.stream().filter(it -> it.cluster().equals(cluster)).toList();
    }

    /** What some environments will be together, on the cluster that they share. */
    public static World world(List<Made> plans) {
        var capabilities =
                plans.stream().map(it -> it.blueprint().capabilities()).findFirst();
        return Prospect.world(plans.stream().map(Made::prospect).toList(), capabilities.orElse(Capabilities.UNKNOWN));
    }

    /** A webhook's own node reached it before, so that only what was asked for tells what is new. */
    private static Set<String> webhooks(EnvironmentId id, List<Made> plans) {
        return plans.stream()
                .filter(it -> it.id().equals(id))
                .flatMap(it -> it.prospect().intents().stream())
                .filter(intent -> intent.from().equals(NODES))
                .map(Intent::toString)
                .collect(Collectors.toSet());
    }

    private ReachChange and(Set<String> before, Set<String> after) {
        return new ReachChange(
                Stream.concat(opened.stream(), after.stream().filter(it -> !before.contains(it)))
                        .sorted()
                        .toList(),
                Stream.concat(closed.stream(), before.stream().filter(it -> !after.contains(it)))
                        .sorted()
                        .toList(),
                guarded);
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
        var guarded = new ArrayList<String>();
        // Of an edge that was open, what is left may be a probe's path, and the other way round.
        difference.changed().stream()
                .filter(it -> told.test(it.before()) || told.test(it.after()))
                .forEach(it -> {
                    words(it.after(), it.gained()).ifPresent(opened::add);
                    words(it.before(), it.lost()).ifPresent(closed::add);
                    guard(it).ifPresent(guarded::add);
                });
        return new ReachChange(
                opened.stream().sorted().toList(),
                closed.stream().sorted().toList(),
                guarded.stream().sorted().toList());
    }

    /** A part of what an edge lets through. */
    private static Optional<String> words(Edge edge, Access part) {
        return part.isEmpty()
                ? Optional.empty()
                : Optional.of("%s -> %s: %s %s"
                        .formatted(edge.from(), edge.to(), edge.portInWords(), part.inWords())
                        .strip());
    }

    private static Optional<String> guard(Change change) {
        var before = guard(change.before());
        var after = guard(change.after());
        return before.equals(after)
                ? Optional.empty()
                : Optional.of("%s: enforced by %s, before by %s".formatted(change.after(), after, before));
    }

    private static String guard(Edge edge) {
        return edge.mutualTls() ? edge.enforcedInWords() + " with mutual TLS" : edge.enforcedInWords();
    }
}
