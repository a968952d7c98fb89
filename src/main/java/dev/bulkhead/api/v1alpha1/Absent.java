package dev.bulkhead.api.v1alpha1;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the records put where the user wrote nothing, so that no reader meets a null. */
final class Absent {

    private Absent() {}

    static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }

    static <T> List<T> or(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Sorted, so that what is rendered from a map is the same on every run. */
    static <V> Map<String, V> or(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
