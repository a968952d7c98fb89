package dev.bulkhead.cli.manifest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A document of a file: what it says, and on which line it says it.
 *
 * @param node the text, with its lines
 * @param content the same, as an API server would get it
 */
public record Document(String file, Node node, ObjectNode content) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public String kind() {
        return content.path("kind").asText();
    }

    public String apiVersion() {
        return content.path("apiVersion").asText();
    }

    /** The API group of ours is before the slash; the core's has none. */
    String group() {
        var slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    public <T> T as(Class<T> type) {
        return JSON.convertValue(content, type);
    }

    public Place place() {
        return place(node);
    }

    /** Where that field is, or what of the way to it is there. */
    public Place at(List<String> path) {
        var here = node;
        var place = place();
        for (var step : path) {
            var next = here instanceof MappingNode map ? field(map, step) : element(here, step);
            if (next.isEmpty()) {
                return place;
            }
            place = place(next.getFirst());
            here = next.getLast();
        }
        return place;
    }

    /** What the document is a list of, if it is one. */
    Stream<Document> flat() {
        return kind().equals("List") && content.path("items").isArray() ? items() : Stream.of(this);
    }

    private Stream<Document> items() {
        var values = content.path("items");
        return field((MappingNode) node, "items").getLast() instanceof SequenceNode items
                ? Stream.iterate(0, it -> it < items.getValue().size(), it -> it + 1)
                        .filter(it -> values.get(it).isObject())
                        .map(it -> new Document(file, items.getValue().get(it), (ObjectNode) values.get(it)))
                : Stream.of();
    }

    /** The name and the value of a field. */
    private static List<Node> field(MappingNode map, String name) {
        return map.getValue().stream()
                .filter(it -> it.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name))
                .findFirst()
                .map(it -> List.of(it.getKeyNode(), it.getValueNode()))
                .orElse(List.of());
    }

    private static List<Node> element(Node list, String index) {
        return list instanceof SequenceNode sequence
                        && index.matches("[0-9]{1,6}")
                        && Integer.parseInt(index) < sequence.getValue().size()
                ? List.of(sequence.getValue().get(Integer.parseInt(index)))
                : List.of();
    }

    private Place place(Node of) {
        return new Place(file, of.getStartMark() == null ? 0 : of.getStartMark().getLine() + 1);
    }
}
