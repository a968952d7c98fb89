package dev.bulkhead.network.reach;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The inside of an object of a kind without a class of its own. What isn't there, or is of another type, is empty. */
record Fields(Map<?, ?> map) {

    static Fields spec(GenericKubernetesResource resource) {
        return of(resource.getAdditionalProperties().get("spec"));
    }

    private static Fields of(@Nullable Object value) {
        return new Fields(value instanceof Map<?, ?> map ? map : Map.of());
    }

    boolean has(String name) {
        return map.get(name) != null;
    }

    Fields at(String name) {
        return of(map.get(name));
    }

    String text(String name) {
        var value = map.get(name);
        return value == null ? "" : value.toString();
    }

    String text(String name, String otherwise) {
        var text = text(name);
        return text.isEmpty() ? otherwise : text;
    }

    /** A whole number, or 0. */
    int number(String name) {
        return map.get(name) instanceof Number number ? number.intValue() : 0;
    }

    List<Fields> list(String name) {
        return map.get(name) instanceof List<?> list
                ? list.stream().<Fields>map(Fields::of).toList()
                : List.of();
    }

    List<String> strings(String name) {
        return map.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }
}
