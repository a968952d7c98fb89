package dev.bulkhead.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.api.v1alpha1.CustomResources;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The CustomResourceDefinitions of our kinds, as fabric8 reads them off the records and {@link Finish} completes them. */
final class Definitions {

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    private Definitions() {}

    /** By kind. */
    static Map<String, ObjectNode> all() {
        var definitions = new LinkedHashMap<String, ObjectNode>();
        for (var type : CustomResources.KINDS) {
            var definition = generate(type);
            Finish.definition(definition, description(type));
            Finish.columns(definition, columns(type));
            definitions.put(definition.at("/spec/names/kind").asText(), definition);
        }
        return definitions;
    }

    static String fileName(JsonNode definition) {
        return definition.at("/metadata/name").asText() + ".yaml";
    }

    static String yaml(JsonNode definition) {
        try {
            return "# Generated from src/main/java/dev/bulkhead/api by `make crds`.\n"
                    + YAML.writeValueAsString(definition);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode schema(JsonNode definition) {
        return (ObjectNode) definition.at("/spec/versions/0/schema/openAPIV3Schema");
    }

    private static String description(Class<?> type) {
        return type.getAnnotation(JsonClassDescription.class).value();
    }

    private static List<String> columns(Class<?> type) {
        return Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
    }

    private static ObjectNode generate(Class<? extends CustomResource<?, ?>> type) {
        var bytes = new ByteArrayOutputStream();
        new CRDGenerator()
                .customResourceClasses(List.of(type))
                .forCRDVersions("v1")
                .withOutput(new InMemory(bytes))
                .generate();
        try {
            return (ObjectNode) YAML.readTree(bytes.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record InMemory(ByteArrayOutputStream bytes) implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {

        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return bytes;
        }

        @Override
        public URI crdURI(String crdName) {
            // The generator insists on a file, which nobody reads.
            return Path.of(crdName).toUri();
        }

        @Override
        public void close() {}
    }
}
