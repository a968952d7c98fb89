package dev.bulkhead.network.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What changes for anybody, when one world becomes another. Objects that change and open or close nothing don't show. */
public record Difference(List<Edge> added, List<Edge> removed, List<Change> changed) {

    /** An edge that stays, and lets other things through or is guarded by others. */
    public record Change(Edge before, Edge after) {

        /** What gets through now and didn't. */
        public Access gained() {
            return after.access().without(before.access());
        }

        public Access lost() {
            return before.access().without(after.access());
        }
    }

    public static Difference between(World before, World after) {
        var reaches = Reach.alike(before, after);
        return between(reaches.getFirst().matrix(), reaches.getLast().matrix());
    }

    static Difference between(Matrix before, Matrix after) {
        var old = byEnds(before);
        var now = byEnds(after);
        var added = now.entrySet().stream()
                .flatMap(entry -> only(entry.getValue(), old.getOrDefault(entry.getKey(), List.of())));
        var removed = old.entrySet().stream()
                .flatMap(entry -> only(entry.getValue(), now.getOrDefault(entry.getKey(), List.of())));
        var changed = new ArrayList<Change>();
        now.forEach((ends, edges) -> {
            for (var edge : edges) {
                old.getOrDefault(ends, List.of())
                        .forEach(other -> change(other, edge).ifPresent(changed::add));
            }
        });
        return new Difference(added.toList(), removed.toList(), List.copyOf(changed));
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    /** By name: a workload is the same when its labels are others. */
    private static Map<String, List<Edge>> byEnds(Matrix matrix) {
        return matrix.edges().stream()
                .collect(Collectors.groupingBy(
                        edge -> edge.from().id() + " " + edge.to().id(), TreeMap::new, Collectors.toList()));
    }

    private static Stream<Edge> only(List<Edge> here, List<Edge> there) {
        var known = PortSet.union(there.stream().map(Edge::ports).toList());
        return here.stream()
                .map(edge -> edge.only(edge.ports().without(known), edge.access()))
                .filter(edge -> !edge.ports().isEmpty());
    }

    private static Optional<Change> change(Edge before, Edge after) {
        var common = before.ports().and(after.ports());
        var same = before.access().equals(after.access())
                && before.enforcedBy().equals(after.enforcedBy())
                && before.mutualTls() == after.mutualTls();
        return common.isEmpty() || same
                ? Optional.empty()
                : Optional.of(new Change(before.only(common, before.access()), after.only(common, after.access())));
    }
}
