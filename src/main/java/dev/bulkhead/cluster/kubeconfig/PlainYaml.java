package dev.bulkhead.cluster.kubeconfig;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;

/** Reads YAML that means what it shows: one document without aliases, tags, and keys that come twice. */
final class PlainYaml {

    private static final int DEEPEST = 20;

    private final ObjectMapper mapper;

    PlainYaml() {
        var yaml = YAMLFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxDocumentLength(Vetting.MOST_BYTES)
                        .build())
                .build()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper = new ObjectMapper(yaml)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    }

    JsonNode read(String text) {
        try (var parser = new Plain((YAMLParser) mapper.createParser(text))) {
            return mapper.readValue(parser, JsonNode.class);
        } catch (IOException | RuntimeException e) {
            if (e instanceof Refusal refusal) {
                throw refusal;
            }
            // What the parser says would show the line.
            throw new Refusal("it is no plain YAML: one document, no key twice, no tabs. Write it again with"
                    + " kubectl config view --raw --minify --flatten");
        }
    }

    private static final class Plain extends JsonParserDelegate {

        private final YAMLParser yaml;

        Plain(YAMLParser yaml) {
            super(yaml);
            this.yaml = yaml;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            var token = super.nextToken();
            if (yaml.isCurrentAlias() || yaml.getTypeId() != null) {
                throw new Refusal("it has YAML aliases or tags. Write out what they stand for");
            }
            return token;
        }
    }
}
