package dev.bulkhead.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the generator cannot say: merge keys, the conditions' exact shape, quantities, the status that nobody wrote yet. */
final class Finish {

    /** Lists whose items are told apart by something other than their name. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "conditions", List.of("type"),
            "secrets", List.of("entry"),
            "grants", List.of("entry", "toScope"),
            "inputs", List.of("kind", "name"),
            "backends", List.of("workload"),
            "overrides", List.of("workload"));

    /** Lists of plain values whose order or repetition means something. */
    private static final Set<String> SEQUENCES = Set.of("command", "args", "first", "values");

    /** Objects that are one value: a second writer replaces them as a whole. */
    private static final Set<String> VALUES = Set.of(
            "environmentRef",
            "classRef",
            "clusterRef",
            "secretRef",
            "templateRef",
            "selector",
            "podLabels:peer",
            "hubNamespaces");

    private static final String QUANTITY =
            "^(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

    private static final YAMLMapper YAML = new YAMLMapper();

    static final int QUANTITY_LENGTH = 64;

    /** Numbers that may also be written as text, and how; every other one is a quantity. */
    private static final Map<String, String> TEXT_OF_NUMBERS = Map.of(
            "port", "^([0-9]+-)*[0-9]*[a-z][a-z0-9]*(-[a-z0-9]+)*$",
            "maxUnavailable", "^(100|[1-9]?[0-9])%$",
            "minAvailable", "^(100|[1-9]?[0-9])%$");

    private Finish() {}

    static void definition(ObjectNode definition, String description) {
        var schema = Definitions.schema(definition);
        schema.put("description", description);
        schema.putArray("required").add("spec");
        var properties = (ObjectNode) schema.get("properties");
        properties.withObject("spec").put("description", "What is wanted.");
        var status = properties.withObject("status");
        status.put("description", "What is true now. Written by the operator.");
        // Tools that judge by the status must not take a resource that nobody has looked at yet for a healthy one.
        status.withObject("default").put("observedGeneration", -1);
        status.withObject("properties").withObject("observedGeneration").put("minimum", -1);
        status.withObject("properties").set("conditions", conditions());
        properties.propertyStream().forEach(property -> finish(property.getKey(), (ObjectNode) property.getValue()));
        deduplicate(schema);
    }

    /** fabric8 sorts the columns by their paths; kubectl shows them as they stand. */
    static void columns(ObjectNode definition, List<String> names) {
        var version = (ObjectNode) definition.at("/spec/versions/0");
        var columns = version.withArray("additionalPrinterColumns");
        var byName = columns.valueStream()
                .collect(Collectors.toMap(column -> column.get("name").asText(), column -> column));
        columns.removeAll();
        names.forEach(name -> columns.add(byName.get(name)));
    }

    private static void finish(String name, ObjectNode schema) {
        deduplicate(schema);
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            schema.put("pattern", TEXT_OF_NUMBERS.getOrDefault(name, QUANTITY));
            schema.put("minimum", 0);
            schema.put("maxLength", TEXT_OF_NUMBERS.containsKey(name) ? 15 : QUANTITY_LENGTH);
        }
        if ("array".equals(schema.path("type").asText())) {
            listType(name, schema);
            finish(name + "[]", (ObjectNode) schema.get("items"));
        }
        if (VALUES.contains(name)) {
            schema.put("x-kubernetes-map-type", "atomic");
        }
        if (name.equals("hubNamespaces")) {
            describeSelector((ObjectNode) schema.get("properties"));
        }
        if (schema.get("additionalProperties") instanceof ObjectNode values) {
            finish(name + "{}", values);
        }
        schema.path("properties")
                .propertyStream()
                .forEach(property -> finish(property.getKey(), (ObjectNode) property.getValue()));
    }

    /** Server-side apply and kustomize merge named lists by their keys instead of replacing them. */
    private static void listType(String name, ObjectNode schema) {
        var items = schema.get("items");
        keys(name, items)
                .ifPresentOrElse(
                        keys -> {
                            schema.put("x-kubernetes-list-type", "map");
                            keys.forEach(schema.putArray("x-kubernetes-list-map-keys")::add);
                        },
                        () -> schema.put(
                                "x-kubernetes-list-type",
                                items.has("properties") || SEQUENCES.contains(name) ? "atomic" : "set"));
    }

    private static Optional<List<String>> keys(String name, JsonNode items) {
        if (KEYS.containsKey(name)) {
            return Optional.of(KEYS.get(name));
        }
        return items.path("properties").has("name") ? Optional.of(List.of("name")) : Optional.empty();
    }

    /** fabric8 finds a rule on a record component twice, on the field and on its accessor. */
    private static void deduplicate(ObjectNode schema) {
        if (schema.get("x-kubernetes-validations") instanceof ArrayNode rules) {
            var once = new LinkedHashSet<JsonNode>();
            rules.forEach(once::add);
            rules.removeAll().addAll(once);
        }
    }

    private static void describeSelector(ObjectNode properties) {
        describe(properties, "matchLabels", "Labels that a namespace must have, with these values.");
        describe(properties, "matchExpressions", "More demands on its labels; all must hold.");
        bound((ObjectNode) properties.get("matchLabels").get("additionalProperties"), 63);
        ((ObjectNode) properties.get("matchLabels")).put("maxProperties", 20);
        var expressions = (ObjectNode) properties.get("matchExpressions");
        expressions.put("maxItems", 20);
        var items = (ObjectNode) expressions.get("items");
        items.putArray("required").add("key").add("operator");
        var expression = (ObjectNode) items.get("properties");
        describe(expression, "key", "The label.");
        describe(expression, "operator", "In, NotIn, Exists or DoesNotExist.");
        describe(expression, "values", "The values, for In and NotIn.");
        bound((ObjectNode) expression.get("key"), 317);
        bound((ObjectNode) expression.get("values").get("items"), 63);
        ((ObjectNode) expression.get("values")).put("maxItems", 50);
        ((ObjectNode) expression.get("operator"))
                .putArray("enum")
                .add("In")
                .add("NotIn")
                .add("Exists")
                .add("DoesNotExist");
    }

    private static void bound(ObjectNode text, int length) {
        text.put("maxLength", length);
    }

    private static void describe(ObjectNode properties, String name, String description) {
        ((ObjectNode) properties.get(name)).put("description", description);
    }

    /** As {@code metav1.Condition} has it. */
    private static JsonNode conditions() {
        try {
            return YAML.readTree("""
                    description: >-
                      Exactly one of Ready=True, Reconciling=True and Stalled=True holds for the current generation.
                    type: array
                    items:
                      type: object
                      required: [lastTransitionTime, message, reason, status, type]
                      properties:
                        lastTransitionTime:
                          description: When status last changed.
                          type: string
                          format: date-time
                        message:
                          description: What is wrong, where, and what to do.
                          type: string
                          maxLength: 32768
                        observedGeneration:
                          description: The generation of the spec that this condition speaks of.
                          type: integer
                          format: int64
                          minimum: 0
                        reason:
                          description: Why, in one word for programs.
                          type: string
                          minLength: 1
                          maxLength: 1024
                          pattern: ^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$
                        status:
                          description: Whether it holds.
                          type: string
                          enum: ["True", "False", "Unknown"]
                        type:
                          description: What it is about.
                          type: string
                          maxLength: 316
                          pattern: ^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$
                    """);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
