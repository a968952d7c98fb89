package dev.bulkhead.network.reach.draw;

import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Matrix;
import dev.bulkhead.network.reach.Outside;
import dev.bulkhead.network.reach.Party;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A flow chart as Mermaid draws it: a box for each namespace, an arrow for each pair, dotted where the mesh has no say. */
public final class Mermaid implements Drawing {

    @Override
    public String of(Matrix matrix) {
        var parties = matrix.edges().stream()
                .flatMap(edge -> Stream.of(edge.from(), edge.to()))
                .distinct()
                .sorted()
                .toList();
        var numbered = new TreeMap<Party, String>();
        parties.forEach(party -> numbered.put(party, "n" + numbered.size()));
        var boxes = parties.stream()
                .filter(Endpoint.class::isInstance)
                .map(Endpoint.class::cast)
                .collect(Collectors.groupingBy(Endpoint::namespace, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(box -> box(box.getKey(), box.getValue(), numbered));
        var others = parties.stream().filter(Outside.class::isInstance).map(party -> "  %s([\"%s\"])\n"
                .formatted(numbered.get(party), escaped(party.id())));
        var arrows = matrix.edges().stream()
                .collect(Collectors.groupingBy(
                        edge -> List.of(numbered.get(edge.from()), numbered.get(edge.to())),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .entrySet()
                .stream()
                .map(pair -> arrow(pair.getKey(), pair.getValue()));
        return Stream.of(Stream.of("flowchart LR\n"), boxes, others, arrows)
                .flatMap(lines -> lines)
                .collect(Collectors.joining());
    }

    private static String box(String namespace, List<Endpoint> endpoints, Map<Party, String> numbered) {
        return endpoints.stream()
                .map(endpoint -> "    %s[\"%s\"]\n".formatted(numbered.get(endpoint), escaped(endpoint.name())))
                .collect(Collectors.joining("", "  subgraph \"%s\"\n".formatted(escaped(namespace)), "  end\n"));
    }

    private static String arrow(List<String> ends, List<Edge> edges) {
        var says = edges.stream().map(Edge::inWords).map(Mermaid::escaped).collect(Collectors.joining("<br/>"));
        var line = edges.stream().allMatch(Edge::mutualTls) ? "-->" : "-.->";
        return "  %s %s|\"%s\"| %s\n".formatted(ends.getFirst(), line, says, ends.getLast());
    }

    private static String escaped(String text) {
        return text.replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replace("\n", " ");
    }
}
