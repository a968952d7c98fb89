package dev.bulkhead.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Inventory.Held;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Ref;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An inventory as it stands in its ConfigMap: a line of JSON per object. */
final class InventoryText {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryText.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private InventoryText() {}

    private record Line(
            Kind kind, String namespace, String name, Level level, String desired, String digest, String uid) {

        Line {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(namespace, "namespace");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(level, "level");
            Objects.requireNonNull(desired, "desired");
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(uid, "uid");
        }

        Held held() {
            return new Held(new Ref(kind, namespace, name), level, desired, digest, uid);
        }
    }

    static String write(Inventory inventory) {
        return inventory.held().values().stream().map(InventoryText::line).collect(Collectors.joining("\n"));
    }

    private static String line(Held held) {
        var ref = held.ref();
        try {
            return JSON.writeValueAsString(new Line(
                    ref.kind(), ref.namespace(), ref.name(), held.level(), held.desired(), held.digest(), held.uid()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An inventory can't be written", e);
        }
    }

    /**
     * What doesn't parse is left out: it is found again by its labels, and applied once more.
     *
     * @param name of the ConfigMap, for the log
     */
    static Inventory read(String text, String name) {
        var held = new TreeMap<Ref, Held>();
        text.lines().forEach(line -> parsed(line, name).ifPresent(it -> held.put(it.ref(), it)));
        return new Inventory(held);
    }

    private static Optional<Held> parsed(String line, String name) {
        try {
            return Optional.ofNullable(JSON.readValue(line, Line.class)).map(Line::held);
        } catch (JsonProcessingException e) {
            LOG.warn("A line of inventory {} doesn't parse and is left out: {}", name, e.getOriginalMessage());
            return Optional.empty();
        }
    }
}
