package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.Entry.Source.Copy;
import dev.bulkhead.environment.Blueprint.PublishedKey;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.secrets.template.Misspelt;
import dev.bulkhead.secrets.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Adds to what is published the texts that are made of it. Pure. */
public record Texts(Map<String, SecretMaterial> secrets, Places places) {

    public SortedMap<String, SecretMaterial> filledIn(List<SecretScope> scopes) {
        var filled = new TreeMap<>(secrets);
        scopes.forEach(scope -> scope.getSpec().entries().stream()
                .filter(entry -> isOf(scope, entry))
                .forEach(entry -> filled.computeIfPresent(entry.name(), (_, material) -> filledIn(entry, material))));
        return filled;
    }

    private boolean isOf(SecretScope scope, SecretEntry entry) {
        return !entry.template().isEmpty()
                && secrets.containsKey(entry.name())
                && secrets.get(entry.name()).scope().equals(scope.getMetadata().getName());
    }

    private SecretMaterial filledIn(SecretEntry entry, SecretMaterial material) {
        var keys = new TreeMap<>(material.keys());
        var pointer = material.pointer();
        for (var text : entry.template().entrySet()) {
            var template = parsed(text.getValue());
            var published = template.flatMap(it -> published(entry.name(), it, text.getValue()));
            published.ifPresent(it -> keys.put(text.getKey(), it));
            pointer += template.stream()
                    .flatMap(it -> it.entries(entry.name()).stream())
                    .filter(it -> !it.equals(entry.name()))
                    .mapToLong(it -> secrets.containsKey(it) ? secrets.get(it).pointer() : 0)
                    .sum();
        }
        return new SecretMaterial(material.entry(), material.scope(), keys, material.version(), pointer);
    }

    /** What isn't one was accepted by another version of us. */
    private static Optional<Template> parsed(String text) {
        try {
            return Optional.of(Template.parse(text));
        } catch (Misspelt e) {
            return Optional.empty();
        }
    }

    /** Its word is another one when the text is, or any value in it. */
    private Optional<PublishedKey> published(String own, Template template, String text) {
        return template.source(own, around()).map(source -> new PublishedKey(source, word(own, template, text)));
    }

    private String word(String own, Template template, String text) {
        return template.entries(own).stream()
                .map(secrets::get)
                .flatMap(material -> material.keys().entrySet().stream())
                .filter(key -> key.getValue().source() instanceof Copy)
                .map(key -> key.getValue().word())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" ", "", " " + text));
    }

    private Template.Surroundings around() {
        return new Template.Surroundings() {
            @Override
            public Optional<Copy> value(String entry, String key) {
                return Optional.ofNullable(secrets.get(entry))
                        .map(material -> material.keys().get(key))
                        .map(PublishedKey::source)
                        .filter(Copy.class::isInstance)
                        .map(Copy.class::cast);
            }

            @Override
            public Optional<String> address(String workload) {
                return places.address(workload);
            }

            @Override
            public Optional<Integer> port(String workload, String port) {
                return places.port(workload, port);
            }
        };
    }
}
