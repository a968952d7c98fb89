package dev.bulkhead.cluster.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fields of one mapping in a kubeconfig.
 *
 * @param path where it is, such as {@code users[0].user}; empty at the top
 */
record Fields(String path, JsonNode node) {

    /** What a field may be called in a message. Anything else may be a value that has slipped. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z-]{0,39}");

    Fields {
        if (!node.isObject()) {
            throw new Refusal("%s must hold fields".formatted(path.isEmpty() ? "the kubeconfig" : path));
        }
    }

    /**
     * Refuses what isn't named here.
     *
     * @param refused why a field isn't taken, and what to do, by its name
     */
    Fields only(Set<String> taken, Map<String, String> refused) {
        node.properties().stream()
                .filter(field -> !field.getValue().isNull() && !taken.contains(field.getKey()))
                .findFirst()
                .ifPresent(field -> {
                    throw new Refusal(
                            refused.containsKey(field.getKey())
                                    ? "%s %s".formatted(at(field.getKey()), refused.get(field.getKey()))
                                    : "%s isn't known here, and so not taken. Remove it"
                                            .formatted(unknown(field.getKey())));
                });
        return this;
    }

    /** The fields of the field of that name. */
    Fields inside(String name) {
        return new Fields(at(name), node.path(name));
    }

    /** The fields of the only element of a list. */
    Fields only(String list) {
        var elements = node.path(list);
        if (!elements.isArray() || elements.size() != 1) {
            throw new Refusal("%s must have exactly one element, and has %d. Write it with kubectl config view --raw"
                            .formatted(at(list), elements.isArray() ? elements.size() : 0)
                    + " --minify --flatten");
        }
        return new Fields(at(list) + "[0]", elements.get(0));
    }

    Optional<String> text(String name) {
        var value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Refusal("%s must be text. Put it into quotes".formatted(at(name)));
        }
        return Optional.of(value.textValue());
    }

    String required(String name) {
        return text(name)
                .filter(it -> !it.isEmpty())
                .orElseThrow(() -> new Refusal("%s is missing. Add it".formatted(at(name))));
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private String unknown(String name) {
        return NAME.matcher(name).matches()
                ? at(name)
                : "a field of %s".formatted(path.isEmpty() ? "the kubeconfig" : path);
    }
}
