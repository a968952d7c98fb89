package dev.bulkhead.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML as kubectl does, which is YAML 1.1: there {@code yes} is a truth and {@code 010} is eight. A reader of 1.2
 * would accept files that the API server refuses.
 */
final class YamlText {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final int LARGEST_FILE = 16 * 1024 * 1024;
    private static final int DEEPEST = 100;
    private static final int MOST_NODES = 1_000_000;

    private final String file;
    private int nodes;

    private YamlText(String file) {
        this.file = file;
    }

    static List<Document> read(TextFile file) throws FaultyText {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_FILE);
        var documents = new ArrayList<Document>();
        try {
            for (var root : new Yaml(options).composeAll(new StringReader(file.text()))) {
                switch (new YamlText(file.name()).json(root, 0)) {
                    case ObjectNode content -> documents.add(new Document(file.name(), root, content));
                    case JsonNode empty when empty.isNull() -> {}
                    default -> throw new FaultyText(place(file.name(), root), "This is no Kubernetes resource");
                }
            }
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new FaultyText(new Place(file.name(), mark), "This isn't YAML: " + e.getProblem());
        } catch (YAMLException _) {
            throw new FaultyText(new Place(file.name(), 1), "This isn't YAML, or more than 16 MiB of it");
        }
        return documents;
    }

    /** Aliases can make a small text a large tree, or an endless one. */
    private JsonNode json(Node node, int depth) throws FaultyText {
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            throw new FaultyText(place(file, node), "This is nested too deeply, by aliases perhaps: write it out");
        }
        return switch (node) {
            case MappingNode map -> object(map, depth);
            case SequenceNode sequence -> {
                var array = JSON.arrayNode(sequence.getValue().size());
                for (var element : sequence.getValue()) {
                    array.add(json(element, depth + 1));
                }
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new FaultyText(place(file, node), "This kind of YAML isn't read: write it out");
        };
    }

    private ObjectNode object(MappingNode map, int depth) throws FaultyText {
        var object = JSON.objectNode();
        for (var field : map.getValue()) {
            if (!(field.getKeyNode() instanceof ScalarNode key)) {
                throw new FaultyText(place(file, field.getKeyNode()), "The name of a field is a word");
            }
            if (key.getTag().equals(Tag.MERGE)) {
                throw new FaultyText(place(file, key), "Merge keys (<<) aren't read: write the fields out");
            }
            if (object.has(key.getValue())) {
                throw new FaultyText(place(file, key), "Field %s is there twice".formatted(key.getValue()));
            }
            object.set(key.getValue(), json(field.getValueNode(), depth + 1));
        }
        return object;
    }

    private JsonNode scalar(ScalarNode scalar) throws FaultyText {
        try {
            return value(scalar);
        } catch (NumberFormatException _) {
            throw new FaultyText(place(file, scalar), "This is marked as a number, and is none");
        }
    }

    private static JsonNode value(ScalarNode scalar) {
        var text = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return JSON.booleanNode(TRUE.contains(text.toLowerCase(Locale.ROOT)));
        }
        // Sixty seconds to the minute are an invention of YAML that Kubernetes doesn't share.
        if (text.contains(":")) {
            return JSON.textNode(text);
        }
        if (scalar.getTag().equals(Tag.INT)) {
            return number(integer(text.replace("_", "").toLowerCase(Locale.ROOT)));
        }
        if (scalar.getTag().equals(Tag.FLOAT) && text.matches("[-+0-9._eE]+")) {
            return JSON.numberNode(new BigDecimal(text.replace("_", "")));
        }
        return JSON.textNode(text);
    }

    /** As small as it fits, as other readers of JSON have it. */
    private static JsonNode number(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return JSON.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? JSON.numberNode(value.longValue()) : JSON.numberNode(value);
    }

    private static BigInteger integer(String text) {
        var negative = text.startsWith("-");
        var digits = text.replaceFirst("^[-+]", "");
        var value =
                switch (digits) {
                    case String it when it.startsWith("0x") -> new BigInteger(it.substring(2), 16);
                    case String it when it.startsWith("0b") -> new BigInteger(it.substring(2), 2);
                    case String it when it.length() > 1 && it.startsWith("0") -> new BigInteger(it, 8);
                    default -> new BigInteger(digits);
                };
        return negative ? value.negate() : value;
    }

    private static Place place(String file, Node node) {
        return new Place(file, node.getStartMark().getLine() + 1);
    }
}
