package dev.bulkhead.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.bulkhead.api.v1alpha1.CustomResources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The schemas of our kinds, from the definitions that an API server has of them. Its rules in CEL aren't judged here.
 * What it would drop, a field that nobody knows, is a fault here, as it is to kubectl.
 */
final class Definitions {

    static final String API_VERSION = "bulkhead.dev/v1alpha1";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Kind → the name of its file. */
    private static final Map<String, String> FILES = CustomResources.KINDS.stream()
            .collect(Collectors.toUnmodifiableMap(HasMetadata::getKind, it -> "/crds/%s.%s.yaml"
                    .formatted(HasMetadata.getPlural(it), HasMetadata.getGroup(it))));

    private static final String METADATA = """
            {"type": "object", "required": ["name"], "properties": {
              "name": {"type": "string", "maxLength": 253,
                       "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"},
              "namespace": {"type": "string", "pattern": "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},
              "labels": {"type": "object", "additionalProperties": {"type": "string"}},
              "annotations": {"type": "object", "additionalProperties": {"type": "string"}},
              "finalizers": {"type": "array"}, "ownerReferences": {"type": "array"},
              "managedFields": {"type": "array"}, "generation": {"type": "integer"}, "uid": {"type": "string"},
              "resourceVersion": {"type": "string"}, "creationTimestamp": {"type": ["string", "null"]}}}
            """;

    private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());
    private final Map<String, Schema> schemas = new HashMap<>();

    static List<String> kinds() {
        return FILES.keySet().stream().sorted().toList();
    }

    List<Fault> faults(Document document) {
        var schema = schemas.computeIfAbsent(document.kind(), this::schema);
        return schema.validate(document.content()).stream()
                .map(error -> new Fault(document.at(path(error)), Words.of(error, schema.getSchemaNode())))
                .distinct()
                .sorted(Comparator.comparing(Fault::place))
                .toList();
    }

    private static List<String> path(Error error) {
        var location = error.getInstanceLocation();
        return Stream.concat(
                        IntStream.range(0, location.getNameCount())
                                .mapToObj(it -> String.valueOf(location.getElement(it))),
                        Optional.ofNullable(error.getProperty()).stream())
                .toList();
    }

    private Schema schema(String kind) {
        var definition = read(FILES.get(kind));
        var schema = (ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema");
        var properties = (ObjectNode) schema.get("properties");
        properties.set("apiVersion", JSON.objectNode().put("const", API_VERSION));
        properties.set("kind", JSON.objectNode().put("const", kind));
        properties.set("metadata", json(METADATA));
        return registry.getSchema(closed(schema));
    }

    /** The dialect of Kubernetes in that of JSON Schema, with no room for fields that it doesn't name. */
    private static ObjectNode closed(ObjectNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            schema.remove("anyOf");
            schema.putArray("type").add("integer").add("string");
        }
        // The API server puts the default in the place of a null.
        if (schema.has("default") && schema.path("type").isTextual()) {
            var type = schema.path("type").asText();
            schema.putArray("type").add(type).add("null");
            if (schema.path("enum") instanceof ArrayNode values) {
                values.addNull();
            }
        }
        if (schema.path("properties") instanceof ObjectNode properties) {
            properties.forEach(it -> closed((ObjectNode) it));
            if (!schema.has("additionalProperties")
                    && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                schema.put("additionalProperties", false);
            }
        }
        Stream.of("items", "additionalProperties")
                .map(schema::path)
                .filter(JsonNode::isObject)
                .forEach(it -> closed((ObjectNode) it));
        return schema;
    }

    private static ObjectNode read(String resource) {
        try (var stream = Definitions.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the program was built without " + resource);
            }
            return json(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode json(String text) {
        try {
            return YamlText.read(new TextFile("a definition", text)).getFirst().content();
        } catch (FaultyText e) {
            throw new IllegalStateException("a definition of ours is faulty: " + e.fault(), e);
        }
    }
}
