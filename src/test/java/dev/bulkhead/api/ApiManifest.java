package dev.bulkhead.api;

import dev.bulkhead.api.v1alpha1.CustomResources;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of {@code src/test/resources/api}. What an invalid one is refused with stands in its first line. Of several
 * documents all but the last are there before, and the last is the change that is tried.
 */
record ApiManifest(Path path, String expected, List<String> before, String tried) {

    private static final Path FOLDER = Path.of("src/test/resources/api");

    static Stream<ApiManifest> valid() {
        return all("valid-");
    }

    static Stream<ApiManifest> invalid() {
        return all("invalid-");
    }

    private static Stream<ApiManifest> all(String prefix) {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList().stream()
                    .map(ApiManifest::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiManifest read(Path path) {
        try {
            var text = Files.readString(path);
            var expected = text.startsWith("# ") ? text.substring(2, text.indexOf('\n')) : "";
            var documents = List.of(text.split("(?m)^---$"));
            return new ApiManifest(path, expected, documents.subList(0, documents.size() - 1), documents.getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The change that is tried, as the operator would see it. */
    CustomResource<?, ?> object(KubernetesSerialization serialization) {
        return CustomResources.KINDS.stream()
                .filter(kind -> tried.contains("\nkind: " + kind.getSimpleName() + "\n"))
                .findFirst()
                .<CustomResource<?, ?>>map(kind -> serialization.unmarshal(tried, kind))
                .orElseThrow();
    }

    @Override
    public String toString() {
        return FOLDER.relativize(path).toString();
    }
}
