package dev.bulkhead.cli.manifest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a schema has against a value, in words. The value is shown only where it is one of few that are allowed: anything
 * else may be a secret that somebody wrote in the wrong place.
 */
final class Words {

    private Words() {}

    /** @param schema the whole of it, since the library passes on only the part that was broken */
    static String of(Error error, JsonNode schema) {
        var where = where(error);
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                "%s has no field %s. It has: %s".formatted(where, error.getProperty(), known(error, schema));
            case "required" -> "%s lacks field %s, which is required".formatted(where, error.getProperty());
            case "enum" -> "%s is %s, and may be: %s".formatted(where, word(error), values(error.getSchemaNode()));
            case "const" -> "%s is %s, and must be %s".formatted(where, word(error), values(error.getSchemaNode()));
            case "type" -> type(where, error);
            default -> "%s %s".formatted(where, error.getMessage());
        };
    }

    private static String type(String where, Error error) {
        var found = found(error.getInstanceNode());
        var expected = values(error.getSchemaNode()).replace(", null", "");
        var hint = expected.contains("string") && error.getInstanceNode().isValueNode() ? ": write it in quotes" : "";
        return found.equals("null")
                ? "%s is empty, and must be of type %s: fill it in, or leave it out".formatted(where, expected)
                : "%s is of type %s, and must be %s%s".formatted(where, found, expected, hint);
    }

    private static String found(JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> "boolean";
            case NUMBER -> node.isIntegralNumber() ? "integer" : "number";
            case STRING -> "string";
            case ARRAY -> "array";
            case NULL -> "null";
            default -> "object";
        };
    }

    private static String where(Error error) {
        var location = error.getInstanceLocation();
        var path = new StringBuilder();
        for (var index = 0; index < location.getNameCount(); index++) {
            switch (location.getElement(index)) {
                case Integer element -> path.append('[').append(element).append(']');
                case Object field -> path.append(path.isEmpty() ? "" : ".").append(field);
            }
        }
        return path.isEmpty() ? "The resource" : path.toString();
    }

    private static String word(Error error) {
        return error.getInstanceNode().asText();
    }

    private static String values(JsonNode node) {
        return node.isValueNode()
                ? node.asText()
                : StreamSupport.stream(node.spliterator(), false)
                        .filter(it -> !it.isNull())
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", "));
    }

    private static String known(Error error, JsonNode schema) {
        var here = JsonPointer.compile(error.getSchemaLocation().getFragment().toString());
        return schema.at(here.head()).path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
