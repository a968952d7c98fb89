package dev.bulkhead.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** One event of a watch, as it stands on the wire. */
public record Frame(String text, String type, String namespace, String name, String resourceVersion) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Frame of(String text) {
        var json = parse(text);
        var metadata = json.path("object").path("metadata");
        return new Frame(
                text,
                json.path("type").asText(),
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                metadata.path("resourceVersion").asText());
    }

    /** The event that tells a watcher that its past is forgotten. */
    public static Frame expired() {
        var status = parse(StatusBody.of(410, "too old resource version: 1 (2)"));
        return of(JsonNodeFactory.instance
                .objectNode()
                .put("type", "ERROR")
                .set("object", status)
                .toString());
    }

    public boolean isAbout(String object) {
        return name.equals(object);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            // What isn't JSON goes through as it is.
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
