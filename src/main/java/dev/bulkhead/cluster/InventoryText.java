package dev.bulkhead.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Adoption;
import dev.bulkhead.apply.Adoption.Stage;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Inventory.Held;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Ref;
import java.util.Map;
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

    private record AdoptedLine(
            Kind kind,
            String namespace,
            String name,
            String uid,
            Stage stage,
            long generation,
            Map<String, String> selector) {

        AdoptedLine {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(namespace, "namespace");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(uid, "uid");
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(selector, "selector");
        }
    }

    static String adoptions(Inventory inventory) {
        return inventory.adoptions().byRef().entrySet().stream()
                .map(it -> text(new AdoptedLine(
                        it.getKey().kind(),
                        it.getKey().namespace(),
                        it.getKey().name(),
                        it.getValue().uid(),
                        it.getValue().stage(),
                        it.getValue().generation(),
                        new TreeMap<>(it.getValue().selector()))))
                .collect(Collectors.joining("\n"));
    }

    static String write(Inventory inventory) {
        return inventory.held().values().stream().map(InventoryText::line).collect(Collectors.joining("\n"));
    }

    private static String line(Held held) {
        var ref = held.ref();
        return text(new Line(
                ref.kind(), ref.namespace(), ref.name(), held.level(), held.desired(), held.digest(), held.uid()));
    }

    private static String text(Object line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An inventory can't be written", e);
        }
    }

    /**
     * What doesn't parse is left out: it is found again by its labels, and applied once more.
     *
     * @param adoptions what was there before us
     * @param name of the ConfigMap, for the log
     */
    static Inventory read(String text, String adoptions, String name) {
        var held = new TreeMap<Ref, Held>();
        text.lines()
                .forEach(
                        line -> parsed(line, Line.class, name).map(Line::held).ifPresent(it -> held.put(it.ref(), it)));
        var adopted = new TreeMap<Ref, Adoption>();
        adoptions.lines().forEach(line -> parsed(line, AdoptedLine.class, name)
                .ifPresent(it -> adopted.put(
                        new Ref(it.kind, it.namespace, it.name),
                        new Adoption(it.uid, it.stage, it.generation, it.selector))));
        return new Inventory(held, new Adoptions(adopted), "");
    }

    private static <T> Optional<T> parsed(String line, Class<T> type, String name) {
        try {
            return Optional.ofNullable(JSON.readValue(line, type));
        } catch (JsonProcessingException e) {
            LOG.warn("A line of inventory {} doesn't parse and is left out: {}", name, e.getOriginalMessage());
            return Optional.empty();
        }
    }
}
