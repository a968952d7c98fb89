package dev.bulkhead.secrets.vault;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.rotation.Line;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A journal as it stands in its ConfigMap: a line of JSON per entry. What a newer version of us has written isn't guessed
 * at: half understood, it could lead to a second rotation of what is in the middle of one.
 */
public final class JournalText {

    /** No entry is called so: a name has no underscore. */
    static final String FORMAT = "_format";

    static final String RESTARTS = "_restarts";
    static final String DISPOSABLE = "_disposable";
    static final String ARRIVALS = "_arrivals";
    private static final String FORMAT_OF_THIS_VERSION = "1";

    /** What a ConfigMap holds. */
    static final int LONGEST = 1 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            // What a line can tell of itself isn't written down.
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private JournalText() {}

    static SortedMap<String, String> write(Journal journal) {
        var data = new TreeMap<String, String>();
        data.put(FORMAT, FORMAT_OF_THIS_VERSION);
        journal.lines().forEach((entry, line) -> data.put(entry, text(line)));
        if (!journal.restarts().isEmpty()) {
            data.put(RESTARTS, text(journal.restarts()));
        }
        if (!journal.disposable().isEmpty()) {
            data.put(DISPOSABLE, text(journal.disposable()));
        }
        if (!journal.arrivals().isEmpty()) {
            data.put(ARRIVALS, text(journal.arrivals()));
        }
        if (size(data) > LONGEST) {
            throw new VaultRefused(
                    "The journal of environment %s has %d entries, more than a ConfigMap holds. Those that are gone count as long as their values are kept: set onDelete: Delete for them, or divide the environment"
                            .formatted(journal.environment(), journal.lines().size()));
        }
        return data;
    }

    static int size(Map<String, String> data) {
        return data.entrySet().stream()
                .mapToInt(it -> it.getKey().length() + it.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A journal can't be written", e);
        }
    }

    public static Journal read(EnvironmentId environment, ConfigMap map) {
        var data = new TreeMap<>(Optional.ofNullable(map.getData()).orElse(Map.of()));
        var format = Optional.ofNullable(data.remove(FORMAT)).orElse("");
        if (!format.equals(FORMAT_OF_THIS_VERSION)) {
            throw unreadable(
                    map,
                    FORMAT,
                    "is \"%s\", and this version knows \"%s\" only".formatted(format, FORMAT_OF_THIS_VERSION));
        }
        var restarts = Optional.ofNullable(data.remove(RESTARTS))
                .map(it -> parsed(map, RESTARTS, it, new TypeReference<TreeMap<String, String>>() {}))
                .orElseGet(TreeMap::new);
        var disposable = Optional.ofNullable(data.remove(DISPOSABLE))
                .map(it -> parsed(map, DISPOSABLE, it, new TypeReference<TreeSet<String>>() {}))
                .orElseGet(TreeSet::new);
        var arrivals = Optional.ofNullable(data.remove(ARRIVALS))
                .map(it -> parsed(map, ARRIVALS, it, new TypeReference<TreeMap<String, Arrival>>() {}))
                .orElseGet(TreeMap::new);
        var lines = new TreeMap<String, Line>();
        data.forEach((entry, text) -> lines.put(entry, parsed(map, entry, text, new TypeReference<Line>() {})));
        return new Journal(
                environment,
                lines,
                restarts,
                disposable,
                arrivals,
                map.getMetadata().getResourceVersion());
    }

    private static <T> T parsed(ConfigMap map, String key, String text, TypeReference<T> type) {
        try {
            var value = JSON.readValue(text, type);
            if (value == null) {
                throw unreadable(map, key, "is null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw unreadable(map, key, "doesn't parse (%s)".formatted(e.getOriginalMessage()));
        }
    }

    private static VaultRefused unreadable(ConfigMap map, String key, String why) {
        return new VaultRefused(
                ("ConfigMap %s/%s: %s %s. Nothing is rotated until it can be read: run the version of Bulkhead that wrote it;"
                                + " or if it was edited by hand, delete it, and it is worked out anew from what is there")
                        .formatted(
                                map.getMetadata().getNamespace(),
                                map.getMetadata().getName(),
                                key,
                                why));
    }
}
