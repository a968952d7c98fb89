package dev.bulkhead.apply;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sets of fields, as trees in the form of {@code fieldsV1}: what is there with nothing below it is owned. */
final class Fields {

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
    static Map<String, Object> without(Map<?, ?> fields, Map<?, ?> other) {
        var rest = new TreeMap<String, Object>();
        fields.forEach((step, below) -> {
            if (!(other.get(step) instanceof Map<?, ?> gone)) {
                rest.put(step.toString(), below);
            } else if (below instanceof Map<?, ?> here && !gone.isEmpty()) {
                var deeper = without(here, gone);
                if (!deeper.isEmpty()) {
                    rest.put(step.toString(), deeper);
                }
            }
        });
        return rest;
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
}
