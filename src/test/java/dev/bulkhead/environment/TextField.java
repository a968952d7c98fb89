package dev.bulkhead.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A place in one of our kinds where a user writes text of his own: a string, a key or a value of a map. Read from the
 * definitions, so that a field that is added tomorrow is one of them.
 *
 * @param path in {@code spec}; the special steps stand for an element, a key and a value
 */
record TextField(String kind, List<String> path) {

    private static final String ELEMENT = "[]";
    private static final String KEY = "{key}";
    private static final String VALUE = "{value}";

    static List<TextField> of(String plural) {
        var definition = Manifest.read(Path.of("crds/%s.bulkhead.dev.yaml".formatted(plural)))
                .getFirst()
                .content();
        var spec = definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        var fields = new ArrayList<TextField>();
        collect(definition.at("/spec/names/kind").asText(), spec, List.of(), fields);
        return fields;
    }

    private static void collect(String kind, JsonNode schema, List<String> path, List<TextField> fields) {
        var text = schema.path("type").asText().equals("string")
                || schema.path("x-kubernetes-int-or-string").asBoolean();
        if (text && !schema.has("enum")) {
            fields.add(new TextField(kind, path));
        }
        schema.path("properties")
                .properties()
                .forEach(it -> collect(kind, it.getValue(), and(path, it.getKey()), fields));
        if (schema.path("additionalProperties").isObject()) {
            fields.add(new TextField(kind, and(path, KEY)));
            collect(kind, schema.path("additionalProperties"), and(path, VALUE), fields);
        }
        if (schema.has("items")) {
            collect(kind, schema.path("items"), and(path, ELEMENT), fields);
        }
    }

    private static List<String> and(List<String> path, String step) {
        return Stream.concat(path.stream(), Stream.of(step)).toList();
    }

    boolean isWrittenIn(Manifest manifest) {
        return manifest.kind().equals(kind)
                && write((ObjectNode) manifest.content().path("spec").deepCopy(), path, "x");
    }

    /** The manifest with this text there. */
    Manifest with(Manifest manifest, String text) {
        var content = (ObjectNode) manifest.content().deepCopy();
        write((ObjectNode) content.get("spec"), path, text);
        return new Manifest(manifest.file(), content);
    }

    /** @return whether there was something to replace */
    private static boolean write(JsonNode node, List<String> path, String text) {
        var step = path.getFirst();
        var rest = path.subList(1, path.size());
        return switch (step) {
            case ELEMENT -> node instanceof ArrayNode array && inArray(array, rest, text);
            case KEY -> node instanceof ObjectNode map && !map.isEmpty() && renamed(map, text);
            case VALUE ->
                node instanceof ObjectNode map
                        && map.properties().stream().toList().stream()
                                .anyMatch(it -> inField(map, it.getKey(), rest, text));
            default -> node instanceof ObjectNode object && object.has(step) && inField(object, step, rest, text);
        };
    }

    private static boolean inArray(ArrayNode array, List<String> rest, String text) {
        for (var index = 0; index < array.size(); index++) {
            if (rest.isEmpty()) {
                array.set(index, text);
                return true;
            }
            if (write(array.get(index), rest, text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean inField(ObjectNode object, String name, List<String> rest, String text) {
        if (rest.isEmpty()) {
            object.put(name, text);
            return true;
        }
        return write(object.get(name), rest, text);
    }

    private static boolean renamed(ObjectNode map, String key) {
        var first = map.fieldNames().next();
        map.set(key, map.remove(first));
        return true;
    }

    @Override
    public String toString() {
        return "%s spec.%s".formatted(kind, String.join(".", path));
    }
}
