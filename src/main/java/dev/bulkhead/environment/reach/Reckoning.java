package dev.bulkhead.environment.reach;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.cluster.ForeignObjects;
import dev.bulkhead.network.reach.Access;
import dev.bulkhead.network.reach.Comparison;
import dev.bulkhead.network.reach.Difference;
import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Facts.Transport;
import dev.bulkhead.network.reach.Finding;
import dev.bulkhead.network.reach.Intent;
import dev.bulkhead.network.reach.Lint;
import dev.bulkhead.network.reach.Matrix;
import dev.bulkhead.network.reach.Party;
import dev.bulkhead.network.reach.World;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Works out who reaches whom, and what of it nobody asked for.
 *
 * @param planned what is ours, and whom of the platform it talks with
 * @param home the namespaces of the environment
 * @param intents what was asked for
 */
public record Reckoning(World planned, Set<String> home, List<Intent> intents) {

    private static final int FIRST = 5;
    private static final int LONGEST = 1024;

    /** More than that nobody has who means well, and to work it out would keep others waiting. */
    private static final int MOST = 500;

    /** Edges that are as they are because of what isn't ours. */
    private record Meddling(List<Edge> opened, List<Edge> closed, Culprits culprits) {

        private Stream<String> inWords() {
            return Stream.concat(
                    opened.stream().map(edge -> culprits.say(edge, "open")),
                    closed.stream().map(edge -> culprits.say(edge, "close")));
        }
    }

    public Reached with(ForeignObjects foreign) {
        if (!foreign.unseen().isEmpty()) {
            return new Reached.Untold("What others have of %s in its namespaces can't be seen now"
                    .formatted(
                            foreign.unseen().stream().map(Kind::kind).sorted().collect(Collectors.joining(", "))));
        }
        if (foreign.objects().size() > MOST) {
            return new Reached.Untold(
                    "Its namespaces hold %d policies that aren't Bulkhead's; more than %d aren't looked at"
                            .formatted(foreign.objects().size(), MOST));
        }
        var strangers = Strangers.of(foreign.objects(), home, planned.facts().transport() != Transport.NONE);
        var before = foreign.objects().isEmpty() ? planned : strangers.in(planned);
        var after = Worlds.with(before, foreign.objects());
        var meddling = foreign.objects().isEmpty()
                ? new Meddling(List.of(), List.of(), new Culprits(before, List.of()))
                : meddling(Difference.between(before, after), strangers, new Culprits(before, foreign.objects()));
        return told(after, strangers, meddling);
    }

    private Reached told(World world, Strangers strangers, Meddling meddling) {
        var all = world.matrix();
        var matrix = all.about(all.in(home));
        var compared = matrix.against(intents);
        // What lets in a pod that there may never be counts only if it is meant to.
        Predicate<Edge> known = edge -> !strangers.has(edge.from()) && !strangers.has(edge.to());
        var extra = Stream.concat(
                        compared.extra().stream().filter(known),
                        meddling.opened.stream().filter(known.negate()))
                .sorted()
                .distinct()
                .toList();
        var missing = compared.missing().stream()
                .map(Comparison.Gap::inWords)
                .sorted()
                .distinct()
                .toList();
        var unproved = compared.unproved().stream()
                .map(gap -> "%s goes without mutual TLS, which was asked for".formatted(gap.inWords()));
        var findings = Stream.concat(
                        unproved,
                        new Lint(world, intents, object -> object.getMetadata().getUid() == null)
                                .findings().stream().map(Finding::message))
                .sorted()
                .distinct()
                .toList();
        return new Reached.Told(
                (int) matrix.withoutKubelet(intents).edges().stream()
                        .filter(known)
                        .count(),
                missing.size(),
                extra.size(),
                findings.size(),
                Stream.of(
                                missing.stream().map("missing: "::concat),
                                extra.stream().map(edge -> "extra: " + edge),
                                findings.stream())
                        .flatMap(words -> words)
                        .limit(FIRST)
                        .map(Reckoning::bounded)
                        .toList(),
                meddling.opened.size() + meddling.closed.size(),
                meddling.inWords().limit(FIRST).map(Reckoning::bounded).toList());
    }

    private Meddling meddling(Difference difference, Strangers strangers, Culprits culprits) {
        var more = Stream.concat(
                difference.added().stream(),
                difference.changed().stream().map(change -> only(change.after(), change.gained())));
        var less = concerned(Stream.concat(
                difference.removed().stream(),
                difference.changed().stream().map(change -> only(change.before(), change.lost()))));
        var unwanted = against(less);
        return new Meddling(
                strangers.withoutTwins(against(concerned(more)).extra()).stream()
                        .sorted()
                        .toList(),
                less.stream()
                        .filter(edge -> !unwanted.extra().contains(edge)
                                && !unwanted.probes().contains(edge)
                                && !unwanted.nodes().contains(edge))
                        .sorted()
                        .toList(),
                culprits);
    }

    private List<Edge> concerned(Stream<Edge> edges) {
        return edges.filter(edge -> !edge.access().isEmpty() && (isOwn(edge.from()) || isOwn(edge.to())))
                .toList();
    }

    private boolean isOwn(Party party) {
        return party instanceof Endpoint endpoint && home.contains(endpoint.namespace());
    }

    private Comparison against(List<Edge> edges) {
        return new Matrix(List.of(), edges).against(intents);
    }

    private static Edge only(Edge edge, Access access) {
        return new Edge(edge.from(), edge.to(), edge.port(), edge.ports(), access, edge.enforcedBy(), edge.mutualTls());
    }

    private static String bounded(String words) {
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
    }
}
