package dev.bulkhead.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Real definitions of kinds that we write and don't own, as they lie beside the source tree. Where they don't, what needs
 * them is skipped; with {@code CI=true} it fails.
 */
public final class OtherDefinitions {

    private static final Path FOLDER = Path.of("../shared/crds");

    private OtherDefinitions() {}

    /** Puts the definitions of some projects into a cluster, and waits until their kinds are served. */
    public static void applyTo(TestCluster cluster, String... projects) {
        folders(projects).forEach(cluster::apply);
        cluster.eventually(() -> assertThat(inCluster(cluster, projects)).allSatisfy(it -> assertThat(established(it))
                .as(it.getMetadata().getName())
                .isTrue()));
    }

    /** Takes them out again, with all that there is of their kinds. */
    public static void removeFrom(TestCluster cluster, String... projects) {
        inCluster(cluster, projects)
                .forEach(it -> cluster.delete(
                        "customresourcedefinition", it.getMetadata().getName()));
        cluster.eventually(() -> assertThat(inCluster(cluster, projects)).isEmpty());
    }

    private static List<String> folders(String... projects) {
        if (Files.isDirectory(FOLDER)) {
            return Stream.of(projects).map(FOLDER::resolve).map(Path::toString).toList();
        }
        var what = "There are no definitions of others' kinds at "
                + FOLDER.toAbsolutePath().normalize();
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true forbids to skip: " + what);
        }
        throw new TestAbortedException(what);
    }

    private static List<GenericKubernetesResource> inCluster(TestCluster cluster, String... projects) {
        var reader = new Manifests(Path.of(""));
        var names = folders(projects).stream()
                .flatMap(folder -> reader.read(folder).stream())
                .map(it -> it.getMetadata().getName())
                .toList();
        return cluster.list("customresourcedefinition", "").stream()
                .filter(it -> names.contains(it.getMetadata().getName()))
                .toList();
    }

    private static boolean established(GenericKubernetesResource definition) {
        List<Map<String, Object>> conditions = definition.get("status", "conditions");
        return conditions != null
                && conditions.stream()
                        .anyMatch(it -> "Established".equals(it.get("type")) && "True".equals(it.get("status")));
    }
}
