package dev.bulkhead.network.reach;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who reaches whom. What has no edge here doesn't get through.
 *
 * @param parties all who were looked at, those without edges too
 * @param edges in order
 */
public record Matrix(List<Party> parties, List<Edge> edges) {

    public Matrix {
        parties = List.copyOf(parties);
        edges = List.copyOf(edges);
    }

    static Matrix of(Collection<? extends Party> parties, Collection<Edge> edges) {
        return new Matrix(
                parties.stream().<Party>map(party -> party).sorted().distinct().toList(),
                edges.stream().sorted().toList());
    }

    public Optional<Party> party(String id) {
        return parties.stream().filter(party -> party.id().equals(id)).findFirst();
    }

    /** The pods of some namespaces. */
    public List<Party> in(Collection<String> namespaces) {
        return parties.stream()
                .filter(party -> party instanceof Endpoint endpoint && namespaces.contains(endpoint.namespace()))
                .toList();
    }

    /** Only what concerns some of them, at either end. */
    public Matrix about(Collection<? extends Party> some) {
        var meant = ids(some);
        return new Matrix(
                parties,
                edges.stream()
                        .filter(edge -> meant.contains(edge.from().id())
                                || meant.contains(edge.to().id()))
                        .toList());
    }

    /** Only what goes from some of them to others. */
    public Matrix between(Collection<? extends Party> from, Collection<? extends Party> to) {
        var callers = ids(from);
        var callees = ids(to);
        return new Matrix(
                Stream.of(from, to)
                        .flatMap(Collection::stream)
                        .<Party>map(party -> party)
                        .distinct()
                        .sorted()
                        .toList(),
                edges.stream()
                        .filter(edge -> callers.contains(edge.from().id())
                                && callees.contains(edge.to().id()))
                        .toList());
    }

    /** Without what is open because the kubelet has to probe, and what a node reaches because the kubelet is on it. */
    public Matrix withoutKubelet() {
        return withoutKubelet(List.of());
    }

    /** The same with what a node is wanted to reach. */
    public Matrix withoutKubelet(Collection<Intent> wanted) {
        return new Matrix(
                parties,
                edges.stream()
                        .filter(edge -> !edge.isProbe()
                                && (!edge.from().onNode() || wanted.stream().anyMatch(it -> it.asksFor(edge))))
                        .toList());
    }

    public Comparison against(List<Intent> intents) {
        return Comparison.of(edges, intents);
    }

    /** A party is known by its name, which is quicker to compare than all that is known of it. */
    private static Set<String> ids(Collection<? extends Party> parties) {
        return parties.stream().map(Party::id).collect(Collectors.toSet());
    }
}
