package dev.bulkhead.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A field that is to change.
 *
 * @param path as people write it: {@code spec.template.spec.containers[api].image}
 * @param text what becomes of it; a value that may be a secret isn't shown
 */
public record Difference(String path, String text) {

    private static final int LONGEST = 80;

    /** Somebody may have put a password below one of these. */
    private static final Set<String> PRIVATE =
            Set.of("env", "data", "binaryData", "stringData", "annotations", "command", "args");

    /** What the API server keeps for itself, or for others. */
    private static final Set<String> NOBODYS = Set.of(
            "managedFields",
            "resourceVersion",
            "generation",
            "uid",
            "creationTimestamp",
            "selfLink",
            "name",
            "namespace");

    /** By what the elements of a list are told apart, where they are. */
    private static final List<String> KEYS = List.of("name", "mountPath", "containerPort", "port", "topologyKey", "ip");

    @Override
    public String toString() {
        return path + ": " + text;
    }

    /** From what is there to what would be there, but for the status. */
    public static List<Difference> between(Map<String, Object> there, Map<String, Object> then) {
        var found = new ArrayList<Difference>();
        for (var field : fields(there, then)) {
            if (field.equals("metadata")) {
                metadata(tree(there.get(field)), tree(then.get(field)), found);
            } else if (!field.equals("status") && !field.equals("apiVersion") && !field.equals("kind")) {
                compare(field, there.get(field), then.get(field), PRIVATE.contains(field), found);
            }
        }
        return List.copyOf(found);
    }

    private static void metadata(Map<String, Object> there, Map<String, Object> then, List<Difference> found) {
        for (var field : fields(there, then)) {
            if (field.equals("labels") || field.equals("annotations")) {
                compare(
                        "metadata." + field,
                        foreign(there, field),
                        foreign(then, field),
                        field.equals("annotations"),
                        found);
            } else if (!NOBODYS.contains(field)) {
                compare("metadata." + field, there.get(field), then.get(field), false, found);
            }
        }
    }

    /** Our own labels are what taking over means, and no news. */
    private static Map<String, Object> foreign(Map<String, Object> metadata, String field) {
        return tree(metadata.get(field)).entrySet().stream()
                .filter(it -> !it.getKey().startsWith("bulkhead.dev/"))
                .filter(it -> !it.getKey().equals("kubectl.kubernetes.io/last-applied-configuration"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void compare(String path, Object there, Object then, boolean isPrivate, List<Difference> found) {
        if (Objects.equals(there, then) || isNothing(there) && isNothing(then)) {
            return;
        }
        if (there instanceof Map<?, ?> before && then instanceof Map<?, ?> after) {
            for (var field : fields(before, after)) {
                var step = field.contains(".") || field.contains("/") ? "[" + field + "]" : "." + field;
                compare(path + step, before.get(field), after.get(field), isPrivate || PRIVATE.contains(field), found);
            }
        } else if (there instanceof List<?> before
                && then instanceof List<?> after
                && !key(before, after).isEmpty()) {
            var key = key(before, after);
            for (var name : names(before, after, key)) {
                compare(
                        "%s[%s]".formatted(path, name),
                        element(before, key, name),
                        element(after, key, name),
                        isPrivate,
                        found);
            }
        } else {
            found.add(new Difference(path, text(there, then, isPrivate)));
        }
    }

    private static String text(Object there, Object then, boolean isPrivate) {
        if (isNothing(there)) {
            return isPrivate || !isScalar(then) ? "is added" : "becomes " + then;
        }
        if (isNothing(then)) {
            return isPrivate || !isScalar(there) ? "goes" : "%s goes".formatted(there);
        }
        return isPrivate || !isScalar(there) || !isScalar(then) ? "changes" : "%s becomes %s".formatted(there, then);
    }

    private static boolean isScalar(Object value) {
        return !(value instanceof Map)
                && !(value instanceof List)
                && value.toString().length() <= LONGEST;
    }

    private static boolean isNothing(Object value) {
        return value == null
                || value instanceof Map<?, ?> map && map.isEmpty()
                || value instanceof List<?> list && list.isEmpty();
    }

    /** The field that names the elements of both lists; empty when there is none. */
    private static String key(List<?> before, List<?> after) {
        return KEYS.stream()
                .filter(key -> named(before, key) && named(after, key))
                .findFirst()
                .orElse("");
    }

    private static boolean named(List<?> list, String key) {
        var names = list.stream()
                .map(it -> it instanceof Map<?, ?> map ? map.get(key) : null)
                .toList();
        return !names.contains(null) && Set.copyOf(names).size() == names.size();
    }

    private static Set<String> names(List<?> before, List<?> after, String key) {
        var names = new TreeSet<String>();
        before.forEach(it -> names.add(((Map<?, ?>) it).get(key).toString()));
        after.forEach(it -> names.add(((Map<?, ?>) it).get(key).toString()));
        return names;
    }

    private static Object element(List<?> list, String key, String name) {
        return list.stream()
                .filter(it -> ((Map<?, ?>) it).get(key).toString().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static Set<String> fields(Map<?, ?> there, Map<?, ?> then) {
        var fields = new TreeSet<String>();
        there.keySet().forEach(it -> fields.add(it.toString()));
        then.keySet().forEach(it -> fields.add(it.toString()));
        return fields;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
