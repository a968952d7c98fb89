package dev.bulkhead.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Entry.SecretEntry;
import dev.bulkhead.apply.Ownership;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whole manifests, for other tools. A secret's values are told by where they come from. */
public final class YamlPage implements Page {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            // What is planned twice is to be written alike, for who compares the texts.
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final TypeReference<TreeMap<String, Object>> TREE = new TypeReference<>() {};

    /** What only a hub can tell. */
    private static final List<String> UNKNOWN = List.of(Ownership.HUB, Ownership.UID);

    @Override
    public boolean saysRemarks() {
        return false;
    }

    @Override
    public String of(PlanReport report) {
        var page = new StringBuilder();
        report.parts().forEach(part -> part.plan().byRef().values().forEach(it -> page.append("---\n# for ")
                .append(it.origin())
                .append(it instanceof SecretEntry secret ? sources(secret) : "")
                .append('\n')
                .append(text(it))));
        return page.toString();
    }

    private static String text(Entry entry) {
        try {
            return YAML.writeValueAsString(
                    switch (entry) {
                        case ObjectEntry it -> known(YAML.convertValue(it.object(), TREE));
                        case SecretEntry it -> known(tree(it));
                    });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("%s can't be written".formatted(entry.ref()), e);
        }
    }

    private static TreeMap<String, Object> tree(SecretEntry entry) {
        return new TreeMap<>(Map.of(
                "apiVersion",
                entry.ref().kind().apiVersion(),
                "kind",
                entry.ref().kind().kind(),
                "metadata",
                Map.of(
                        "namespace",
                        entry.ref().namespace(),
                        "name",
                        entry.ref().name(),
                        "labels",
                        entry.labels(),
                        "annotations",
                        entry.annotations())));
    }

    private static String sources(SecretEntry entry) {
        var words = new StringBuilder();
        new TreeMap<>(entry.sources())
                .forEach((key, source) -> words.append("; %s is %s in the hub".formatted(key, SourceWords.of(source))));
        return words.toString();
    }

    private static TreeMap<String, Object> known(TreeMap<String, Object> object) {
        if (object.get("metadata") instanceof Map<?, ?> metadata) {
            var next = new TreeMap<String, Object>();
            metadata.forEach((field, value) -> next.put(field.toString(), value));
            for (var field : List.of("labels", "annotations")) {
                if (next.get(field) instanceof Map<?, ?> marks) {
                    var rest = new TreeMap<Object, Object>(marks);
                    rest.keySet().removeAll(UNKNOWN);
                    next.put(field, rest);
                }
                if (next.get(field) instanceof Map<?, ?> marks && marks.isEmpty()) {
                    next.remove(field);
                }
            }
            object.put("metadata", next);
        }
        return object;
    }
}
