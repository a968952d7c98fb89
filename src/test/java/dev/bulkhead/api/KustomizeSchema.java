package dev.bulkhead.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What kustomize must know of our kinds, so that a patch merges named lists: named in a kustomization under {@code openapi}. */
final class KustomizeSchema {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private KustomizeSchema() {}

    static String json(Map<String, ObjectNode> definitions) {
        var document = JSON.createObjectNode();
        definitions.forEach((kind, definition) ->
                document.withObject("definitions").set("dev.bulkhead.v1alpha1." + kind, kind(kind, definition)));
        try {
            return JSON.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode kind(String kind, ObjectNode definition) {
        var slim = slim(Definitions.schema(definition));
        slim.withObject("properties").remove("status");
        slim.putArray("x-kubernetes-group-version-kind")
                .addObject()
                .put("group", "bulkhead.dev")
                .put("kind", kind)
                .put("version", "v1alpha1");
        return slim;
    }

    private static ObjectNode slim(JsonNode schema) {
        var slim = JsonNodeFactory.instance.objectNode();
        if (schema.has("type")) {
            slim.set("type", schema.get("type"));
        }
        schema.path("properties").propertyStream().forEach(property -> slim.withObject("properties")
                .set(property.getKey(), slim(property.getValue())));
        if (schema.has("items")) {
            slim.set("items", slim(schema.get("items")));
        }
        if (schema.get("additionalProperties") instanceof ObjectNode values) {
            slim.set("additionalProperties", slim(values));
        }
        var keys = schema.path("x-kubernetes-list-map-keys");
        if (keys.size() == 1) {
            slim.set("x-kubernetes-patch-merge-key", keys.get(0));
            slim.put("x-kubernetes-patch-strategy", "merge");
        }
        return slim;
    }
}
