package dev.bulkhead.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sets of fields, as trees in the form of {@code fieldsV1}: what is there with nothing below it is owned. */
final class Fields {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Fields() {}

    /** Adds the other set to {@code into}. */
    static void unite(Map<String, Object> into, Map<?, ?> other) {
        other.forEach((step, below) -> {
            var deeper = new TreeMap<String, Object>();
            if (into.get(step.toString()) instanceof Map<?, ?> before) {
                unite(deeper, before);
            }
            if (below instanceof Map<?, ?> map) {
                unite(deeper, map);
            }
            into.put(step.toString(), deeper);
        });
    }

    /** What of a set is below one of these children of {@code parent}, from the root on. */
    static Map<String, Object> below(Map<String, Object> fields, String parent, Set<String> children) {
        if (!(fields.get(parent) instanceof Map<?, ?> here)) {
            return Map.of();
        }
        var found = new TreeMap<String, Object>();
        children.stream().filter(here::containsKey).forEach(child -> found.put(child, here.get(child)));
        return found.isEmpty() ? Map.of() : Map.of(parent, found);
    }

    /** A set less what is in the other one. */
    static TreeMap<String, Object> without(Map<?, ?> fields, Map<?, ?> other) {
        var rest = new TreeMap<String, Object>();
        fields.forEach((step, below) -> {
            if (!(other.get(step) instanceof Map<?, ?> gone)) {
                rest.put(step.toString(), below);
            } else if (below instanceof Map<?, ?> here && !gone.isEmpty()) {
                var deeper = without(here, gone);
                // Somebody else owns what is in it: then it stays, whoever owns the thing itself.
                deeper.remove(".");
                if (!deeper.isEmpty()) {
                    rest.put(step.toString(), deeper);
                }
            }
        });
        return rest;
    }

    /** Takes these fields out of an object. */
    static void prune(Object tree, Map<?, ?> fields) {
        fields.forEach((step, below) -> {
            var path = step.toString();
            if (path.equals(".") || !(below instanceof Map<?, ?> deeper)) {
                return;
            }
            if (!deeper.isEmpty() && !deeper.containsKey(".")) {
                prune(child(path, tree), deeper);
            } else if (tree instanceof Map<?, ?> map) {
                map.remove(path.substring(2));
            } else if (tree instanceof List<?> list) {
                list.remove(path.startsWith("v:") ? parse(path.substring(2)) : child(path, tree));
            }
        });
    }

    static void remove(Map<String, Object> fields, String... path) {
        Object at = fields;
        for (var index = 0; index < path.length - 1; index++) {
            at = at instanceof Map<?, ?> map ? map.get(path[index]) : null;
        }
        if (at instanceof Map<?, ?> map) {
            map.remove(path[path.length - 1]);
        }
    }

    /** Where a step of {@code fieldsV1} leads: {@code f:} to a field, {@code k:}, {@code v:} and {@code i:} into a list. */
    static @Nullable Object child(String step, @Nullable Object at) {
        var rest = step.substring(2);
        return switch (step.charAt(0)) {
            case 'f' -> at instanceof Map<?, ?> map ? map.get(rest) : null;
            case 'k' -> element(at, parse(rest));
            case 'v' -> at instanceof List<?> list && list.contains(parse(rest)) ? "present" : null;
            case 'i' ->
                at instanceof List<?> list && Integer.parseInt(rest) < list.size()
                        ? list.get(Integer.parseInt(rest))
                        : null;
            default -> null;
        };
    }

    private static @Nullable Object element(@Nullable Object at, Object keys) {
        if (!(at instanceof List<?> list) || !(keys instanceof Map<?, ?> wanted)) {
            return null;
        }
        return list.stream()
                .filter(item -> item instanceof Map<?, ?> map
                        && wanted.entrySet().stream()
                                .allMatch(key -> Objects.equals(map.get(key.getKey()), key.getValue())))
                .findFirst()
                .orElse(null);
    }

    private static Object parse(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a key of fieldsV1: " + json, e);
        }
    }
}
