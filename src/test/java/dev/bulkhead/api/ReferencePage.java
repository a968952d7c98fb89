package dev.bulkhead.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The page {@code docs/reference.md}: one table for each kind. */
final class ReferencePage {

    private ReferencePage() {}

    static String markdown(Map<String, ObjectNode> definitions) {
        var page = new StringBuilder("""
                # Reference

                Every field of every kind. Generated from the same Java types as `crds/`, by `make crds`: change it there.

                """);
        definitions.forEach((kind, definition) -> kind(page, kind, definition));
        return page.toString();
    }

    private static void kind(StringBuilder page, String kind, ObjectNode definition) {
        var names = definition.at("/spec/names");
        var schema = Definitions.schema(definition);
        page.append("## ").append(kind).append("\n\n");
        page.append(schema.get("description").asText()).append("\n\n");
        page.append("`%s`, short `%s`, %s, `bulkhead.dev/v1alpha1`.\n\n"
                .formatted(
                        names.get("plural").asText(),
                        names.at("/shortNames/0").asText(),
                        definition.at("/spec/scope").asText().equals("Cluster") ? "one per cluster" : "namespaced"));
        page.append("| field | type | default | bounds | |\n| --- | --- | --- | --- | --- |\n");
        row(page, "spec", schema.at("/properties/spec"), true);
        row(page, "status", schema.at("/properties/status"), false);
        var rules = new LinkedHashSet<String>();
        rules("", schema, rules);
        if (!rules.isEmpty()) {
            page.append("\nRules that the API server holds:\n\n");
            rules.forEach(rule -> page.append("- ").append(rule).append('\n'));
        }
        page.append('\n');
    }

    private static void row(StringBuilder page, String path, JsonNode schema, boolean required) {
        if (schema.has("description")) {
            page.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            path,
                            type(schema),
                            schema.has("default") ? "`" + text(schema.get("default")) + "`" : "",
                            bounds(schema, required),
                            cell(schema.get("description").asText())));
        }
        var within = schema.has("items") ? schema.get("items") : schema;
        var below = schema.has("items") ? path + "[]" : path;
        var demanded = StreamSupport.stream(within.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        within.path("properties")
                .propertyStream()
                .forEach(property -> row(
                        page,
                        below + "." + property.getKey(),
                        property.getValue(),
                        demanded.contains(property.getKey())));
    }

    private static String type(JsonNode schema) {
        if (schema.has("enum")) {
            return StreamSupport.stream(schema.get("enum").spliterator(), false)
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return schema.path("maxLength").asInt() == Finish.QUANTITY_LENGTH ? "quantity" : "number or string";
        }
        if (schema.has("items")) {
            var keys = schema.path("x-kubernetes-list-map-keys");
            return "list of " + type(schema.get("items"))
                    + (keys.isEmpty() ? "" : " by " + String.join(", ", texts(keys)));
        }
        if (schema.has("additionalProperties")) {
            return "map to " + type(schema.get("additionalProperties"));
        }
        return schema.path("type").asText();
    }

    private static String bounds(JsonNode schema, boolean required) {
        var bounds = new ArrayList<String>();
        if (required) {
            bounds.add("required");
        }
        range(bounds, schema, "minimum", "maximum", "");
        range(bounds, schema, "minLength", "maxLength", " characters");
        range(bounds, schema, "minItems", "maxItems", " items");
        range(bounds, schema, "minProperties", "maxProperties", " entries");
        if (schema.has("pattern") && !schema.path("x-kubernetes-int-or-string").asBoolean()) {
            bounds.add("`" + cell(schema.get("pattern").asText()) + "`");
        }
        return String.join("; ", bounds);
    }

    private static void range(List<String> bounds, JsonNode schema, String low, String high, String unit) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return;
        }
        if (schema.has(low) && schema.has(high)) {
            bounds.add(number(schema.get(low)) + " to " + number(schema.get(high)) + unit);
        } else if (schema.has(high)) {
            bounds.add("at most " + number(schema.get(high)) + unit);
        } else if (schema.has(low)) {
            bounds.add("at least " + number(schema.get(low)) + unit);
        }
    }

    private static String number(JsonNode number) {
        return Long.toString(number.asLong());
    }

    private static void rules(String path, JsonNode schema, Set<String> rules) {
        for (var rule : schema.path("x-kubernetes-validations")) {
            var where = path + rule.path("fieldPath").asText("");
            var message = rule.path("message").asText();
            rules.add(where.isEmpty() ? message : "`%s`: %s".formatted(where.substring(1), message));
        }
        schema.path("properties")
                .propertyStream()
                .forEach(property -> rules(path + "." + property.getKey(), property.getValue(), rules));
        if (schema.has("items")) {
            rules(path + "[]", schema.get("items"), rules);
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** A bar would end the cell of a table. */
    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
