package dev.bulkhead.kube;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Reads YAML files of the source tree, as they are: unknown fields stay. */
final class Manifests {

    /** What other objects of the same folder need comes first, as kubectl does it. */
    private static final List<String> FIRST =
            List.of("CustomResourceDefinition", "Namespace", "EnvironmentClass", "TargetCluster");

    private final Path tree;
    private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());

    Manifests(Path tree) {
        this.tree = tree;
    }

    /** A file, or every {@code *.yaml} of a folder but its kustomization. */
    List<GenericKubernetesResource> read(String path) {
        var root = tree.resolve(path);
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .flatMap(file -> parseFile(file).stream())
                    .sorted(Comparator.comparingInt(Manifests::rank))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("there is nothing to apply at " + root, e);
        }
    }

    List<GenericKubernetesResource> parse(String text) {
        try (MappingIterator<GenericKubernetesResource> documents =
                yaml.readerFor(GenericKubernetesResource.class).readValues(text)) {
            // An empty document, as after a last "---", reads as nothing.
            return documents.readAll().stream()
                    .filter(object -> object != null && object.getKind() != null)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("not YAML: " + text, e);
        }
    }

    private List<GenericKubernetesResource> parseFile(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException("%s is not readable as YAML: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static int rank(GenericKubernetesResource object) {
        var rank = FIRST.indexOf(object.getKind());
        return rank < 0 ? FIRST.size() : rank;
    }
}
