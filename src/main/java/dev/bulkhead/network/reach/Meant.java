package dev.bulkhead.network.reach;

import dev.bulkhead.network.reach.Who.Someone;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which intents mean which edges. Most name both ends, and are found by their names. */
final class Meant {

    private record Ids(String from, String to) {}

    private final Map<Ids, List<Edge>> edges;
    private final Map<Ids, List<Intent>> named;
    private final List<Intent> others;
    private final List<Edge> all;

    Meant(List<Edge> edges, List<Intent> intents) {
        this.all = edges;
        this.edges = edges.stream().collect(Collectors.groupingBy(Meant::ids));
        this.named = intents.stream().filter(Meant::isNamed).collect(Collectors.groupingBy(Meant::ids));
        this.others = intents.stream().filter(intent -> !isNamed(intent)).toList();
    }

    List<Intent> intents(Edge edge) {
        return Stream.concat(
                        named.getOrDefault(ids(edge), List.of()).stream(),
                        others.stream().filter(intent -> intent.means(edge)))
                .toList();
    }

    List<Edge> edges(Intent intent) {
        return isNamed(intent)
                ? edges.getOrDefault(ids(intent), List.of())
                : all.stream().filter(intent::means).toList();
    }

    private static boolean isNamed(Intent intent) {
        return intent.from() instanceof Someone && intent.to() instanceof Someone;
    }

    private static Ids ids(Edge edge) {
        return new Ids(edge.from().id(), edge.to().id());
    }

    private static Ids ids(Intent intent) {
        return new Ids(intent.from().inWords(), intent.to().inWords());
    }
}
