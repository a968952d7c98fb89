package dev.bulkhead.cli.manifest;

import dev.bulkhead.api.v1alpha1.CustomResources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of ours is in some files, with the namespaces and Secrets of the hub that it lives among. Other kinds mean nothing
 * here, and are passed over.
 *
 * @param faults what is wrong with the texts; with any, the rest isn't to be relied upon
 */
public record Manifests(List<Declared<?>> declared, List<Fault> faults) {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.concat(
                    CustomResources.KINDS.stream(), Stream.of(Namespace.class, Secret.class))
            .collect(Collectors.toUnmodifiableMap(
                    it -> id(HasMetadata.getGroup(it), HasMetadata.getKind(it)), Function.identity()));

    /** @param namespace where a resource is put that names none */
    public static Manifests read(List<TextFile> files, String namespace) {
        return new Reading(namespace).read(files);
    }

    public <T extends HasMetadata> Stream<Declared<T>> all(Class<T> type) {
        return declared.stream()
                .filter(it -> type.isInstance(it.resource()))
                .map(it -> new Declared<>(type.cast(it.resource()), it.document()));
    }

    public <T extends HasMetadata> List<T> resources(Class<T> type) {
        return all(type).map(Declared::resource).toList();
    }

    /** The text that a resource was read from. */
    public Optional<Document> document(String kind, String namespace, String name) {
        return declared.stream()
                .filter(it -> it.document().kind().equals(kind))
                .filter(it -> name.equals(it.resource().getMetadata().getName()))
                .filter(it -> namespace.equals(namespaceOf(it.resource())))
                .map(Declared::document)
                .findFirst();
    }

    private static String namespaceOf(HasMetadata resource) {
        return Optional.ofNullable(resource.getMetadata().getNamespace()).orElse("");
    }

    private static String id(String group, String kind) {
        return group + "/" + kind;
    }

    private static final class Reading {

        private static final String GROUP = "bulkhead.dev";

        private final Definitions definitions = new Definitions();
        private final String namespace;
        private final List<Declared<?>> declared = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private final Map<String, Place> seen = new HashMap<>();

        Reading(String namespace) {
            this.namespace = namespace;
        }

        Manifests read(List<TextFile> files) {
            for (var file : files) {
                try {
                    YamlText.read(file).stream().flatMap(Document::flat).forEach(this::read);
                } catch (FaultyText e) {
                    faults.add(e.fault());
                }
            }
            return new Manifests(
                    List.copyOf(declared),
                    faults.stream()
                            .sorted((one, other) -> one.place().compareTo(other.place()))
                            .toList());
        }

        private void read(Document document) {
            if (document.kind().isEmpty() || document.apiVersion().isEmpty()) {
                fault(document, "This is no Kubernetes resource: it lacks kind or apiVersion");
                return;
            }
            var type = KINDS.get(id(document.group(), document.kind()));
            if (document.group().equals(GROUP)) {
                ours(document, type);
            } else if (type != null) {
                core(document, type);
            }
        }

        private void ours(Document document, Class<? extends HasMetadata> type) {
            if (type == null) {
                fault(
                        document,
                        List.of("kind"),
                        "%s has no kind %s. It has: %s"
                                .formatted(GROUP, document.kind(), String.join(", ", Definitions.kinds())));
                return;
            }
            var found = definitions.faults(document);
            faults.addAll(found);
            if (found.isEmpty()) {
                declare(document, type);
            }
        }

        /** What isn't ours is taken as it is, if it can be taken at all. */
        private void core(Document document, Class<? extends HasMetadata> type) {
            if (document.content().at("/metadata/name").asText().isEmpty()) {
                fault(document, "This %s has no metadata.name".formatted(document.kind()));
                return;
            }
            declare(document, type);
        }

        private void declare(Document document, Class<? extends HasMetadata> type) {
            HasMetadata resource;
            try {
                resource = document.as(type);
            } catch (IllegalArgumentException _) {
                // What Jackson says would quote the text, and this may be a Secret.
                fault(document, "This isn't what a %s looks like".formatted(document.kind()));
                return;
            }
            var metadata = resource.getMetadata();
            metadata.setGeneration(1L);
            metadata.setUid("");
            if (resource instanceof Namespaced && metadata.getNamespace() == null) {
                metadata.setNamespace(namespace);
            }
            var name = "%s %s"
                    .formatted(
                            document.kind(),
                            metadata.getNamespace() == null
                                    ? metadata.getName()
                                    : metadata.getNamespace() + "/" + metadata.getName());
            var before = seen.putIfAbsent(name, document.place());
            if (before != null) {
                fault(document, "%s is there already, at %s".formatted(name, before));
                return;
            }
            declared.add(new Declared<>(resource, document));
        }

        private void fault(Document document, String message) {
            fault(document, List.of(), message);
        }

        private void fault(Document document, List<String> path, String message) {
            faults.add(new Fault(document.at(path), message));
        }
    }
}
