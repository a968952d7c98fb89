package dev.bulkhead.kube;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
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

    private static final String DEFINITION = "customresourcedefinition";
    private static final Path FOLDER = Path.of("../shared/crds");
    private static final Path CONTROL_PLANE = Path.of("../shared/manifests/linkerd-control-plane-2.20.yaml");

    private OtherDefinitions() {}

    /** Puts the definitions of some projects into a cluster, and waits until their kinds are served. */
    public static void applyTo(TestCluster cluster, String... projects) {
        folders(projects).forEach(cluster::apply);
        cluster.eventually(() -> assertThat(inCluster(cluster, projects)
                        .filter(not(OtherDefinitions::established))
                        .map(OtherDefinitions::name))
                .as("definitions that are not established")
                .isEmpty());
        inCluster(cluster, projects).forEach(it -> cluster.eventually(() -> list(cluster, it)));
    }

    /** Puts Linkerd's control plane into a cluster as its chart does, but for its Secrets: nothing of it would run. */
    public static void installLinkerd(TestCluster cluster) {
        applyTo(cluster, "linkerd", "gateway-api");
        if (!Files.exists(CONTROL_PLANE)) {
            missing("There is no control plane of Linkerd at", CONTROL_PLANE);
        }
        cluster.applyYaml("{apiVersion: v1, kind: Namespace, metadata: {name: linkerd}}");
        cluster.apply(CONTROL_PLANE.toString());
    }

    /** Takes them out again, with all that there is of their kinds. */
    public static void removeFrom(TestCluster cluster, String... projects) {
        inCluster(cluster, projects).forEach(it -> cluster.delete(DEFINITION, name(it)));
        cluster.eventually(() -> assertThat(inCluster(cluster, projects)
                        .map(it -> "%s %s".formatted(name(it), it.get("status", "conditions"))))
                .as("definitions that are still there")
                .isEmpty());
    }

    /**
     * In the version that is stored. Before its storage is warm the API server refuses to list a kind, to itself as well: were the
     * definition deleted then, the server would now and then not look at it again for five minutes.
     */
    private static void list(TestCluster cluster, GenericKubernetesResource definition) {
        List<Map<String, Object>> versions = definition.get("spec", "versions");
        var stored = versions.stream()
                .filter(it -> Boolean.TRUE.equals(it.get("storage")))
                .findFirst()
                .orElseThrow();
        cluster.client()
                .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(definition.get("spec", "group"))
                        .withVersion((String) stored.get("name"))
                        .withKind(definition.get("spec", "names", "kind"))
                        .withPlural(definition.get("spec", "names", "plural"))
                        .withNamespaced("Namespaced".equals(definition.get("spec", "scope")))
                        .build())
                .inAnyNamespace()
                .list();
    }

    private static List<String> folders(String... projects) {
        if (!Files.isDirectory(FOLDER)) {
            missing("There are no definitions of others' kinds at", FOLDER);
        }
        return Stream.of(projects).map(FOLDER::resolve).map(Path::toString).toList();
    }

    private static void missing(String words, Path where) {
        var what = "%s %s".formatted(words, where.toAbsolutePath().normalize());
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true forbids to skip: " + what);
        }
        throw new TestAbortedException(what);
    }

    private static Stream<GenericKubernetesResource> inCluster(TestCluster cluster, String... projects) {
        var reader = new Manifests(Path.of(""));
        var names = folders(projects).stream()
                .flatMap(folder -> reader.read(folder).stream())
                .map(OtherDefinitions::name)
                .toList();
        return cluster.list(DEFINITION, "").stream().filter(it -> names.contains(name(it)));
    }

    private static String name(GenericKubernetesResource definition) {
        return definition.getMetadata().getName();
    }

    private static boolean established(GenericKubernetesResource definition) {
        List<Map<String, Object>> conditions = definition.get("status", "conditions");
        return conditions != null
                && conditions.stream()
                        .anyMatch(it -> "Established".equals(it.get("type")) && "True".equals(it.get("status")));
    }
}
