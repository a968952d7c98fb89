package dev.bulkhead.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedFilesTest {

    private static final Map<String, String> FILES = GenerateCrds.files();

    @ParameterizedTest
    @MethodSource
    void aGeneratedFileIsWhatTheTypesSay(String path) throws IOException {
        assertThat(Files.exists(Path.of(path)) ? Files.readString(Path.of(path)) : "")
                .as("%s has drifted from src/main/java/dev/bulkhead/api: run make crds, and commit", path)
                .isEqualTo(FILES.get(path));
    }

    static Stream<String> aGeneratedFileIsWhatTheTypesSay() {
        return FILES.keySet().stream();
    }

    @Test
    void everyFieldIsDescribed() {
        var silent = new ArrayList<String>();
        Definitions.all().forEach((kind, definition) -> undescribed(kind, Definitions.schema(definition), silent));

        assertThat(silent).as("fields without @JsonPropertyDescription").isEmpty();
    }

    @Test
    void everyStringListAndMapOfASpecIsBounded() {
        var unbounded = new ArrayList<String>();
        Definitions.all()
                .forEach((kind, definition) ->
                        unbounded(kind, Definitions.schema(definition).at("/properties/spec"), unbounded));

        assertThat(unbounded)
                .as("fields without @Size: the API server then takes every CEL rule over them for too dear")
                .isEmpty();
    }

    private static void undescribed(String path, JsonNode schema, List<String> silent) {
        schema.path("properties").propertyStream().forEach(property -> {
            var below = path + "." + property.getKey();
            if (!property.getValue().has("description")) {
                silent.add(below);
            }
            undescribed(below, property.getValue(), silent);
        });
        if (schema.has("items")) {
            undescribed(path + "[]", schema.get("items"), silent);
        }
    }

    private static void unbounded(String path, JsonNode schema, List<String> found) {
        var bounded =
                switch (schema.path("type").asText()) {
                    case "string" -> schema.has("maxLength") || schema.has("enum");
                    case "array" -> schema.has("maxItems");
                    case "object" -> !schema.has("additionalProperties") || schema.has("maxProperties");
                    default -> true;
                };
        if (!bounded) {
            found.add(path);
        }
        schema.path("properties")
                .propertyStream()
                .forEach(property -> unbounded(path + "." + property.getKey(), property.getValue(), found));
        Stream.of("items", "additionalProperties")
                .filter(schema::has)
                .forEach(inner -> unbounded(path + "." + inner, schema.get(inner), found));
    }
}
