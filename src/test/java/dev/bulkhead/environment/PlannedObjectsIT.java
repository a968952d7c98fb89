package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OtherDefinitions;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every object of every golden case, and of the example with a mesh, shown to a real API server. */
@BulkheadTest
class PlannedObjectsIT {

    private static final Path EXAMPLE = Path.of("src/test/resources/cli/meshed-network.yaml");

    @TestFactory
    Stream<DynamicTest> theApiServerTakesWhatIsPlannedAndChangesNothingInIt(
            KubernetesClient client, TestNamespace namespace) {
        return shown(client, namespace.name(), kind -> !kind.isAdded());
    }

    /** With the definitions of the mesh, the Gateway API, Flagger and of those who bring secrets, as their projects publish them. */
    @TestFactory
    Stream<DynamicTest> andWhatIsPlannedOfKindsThatOthersDefine(@Another("meshed") TestCluster cluster) {
        OtherDefinitions.applyTo(cluster, "linkerd", "gateway-api", "flagger", "external-secrets", "cert-manager");
        return shown(
                cluster.client(),
                "default",
                // Of two versions that only differ in their names, this cluster serves the newer.
                kind -> kind.isAdded() && kind.newer().isEmpty());
    }

    private static Stream<DynamicTest> shown(KubernetesClient client, String namespace, Predicate<Kind> which) {
        var objects = new TreeMap<String, List<HasMetadata>>();
        cases().forEach(folder -> objects.put(folder.toString(), objects(folder).toList()));
        objects.put(EXAMPLE.toString(), example());
        objects.replaceAll((_, planned) ->
                planned.stream().filter(it -> which.test(Kind.of(it))).toList());
        objects.values().removeIf(List::isEmpty);
        System.out.printf(
                "PlannedObjectsIT: %d objects of %d cases are shown to the API server: %s%n",
                objects.values().stream().mapToInt(List::size).sum(),
                objects.size(),
                objects.values().stream()
                        .flatMap(List::stream)
                        .collect(Collectors.groupingBy(HasMetadata::getKind, TreeMap::new, Collectors.counting())));
        return objects.entrySet().stream()
                .map(it ->
                        DynamicTest.dynamicTest(it.getKey(), () -> it.getValue().forEach(object -> {
                            if (object.getMetadata().getNamespace() != null) {
                                object.getMetadata().setNamespace(namespace);
                            }
                            var planned = Manifest.tree(object);
                            var answer = Manifest.tree(client.resource(object).patch(dryRun()));
                            assertKept(
                                    object.getKind() + " "
                                            + object.getMetadata().getName(),
                                    planned,
                                    answer);
                        })));
    }

    @TestFactory
    Stream<DynamicTest> theCasesBeginWithWhatUsersMayWrite(TestCluster cluster, TestNamespace namespace) {
        return GoldenPlansTest.folders().stream()
                .map(folder -> DynamicTest.dynamicTest(folder.toString(), () -> World.in(folder.folder())
                        .resources()
                        .forEach(resource -> cluster.dryRun(namespace, resource))));
    }

    @Test
    void theCasesShowEveryKindThatIsWritten() {
        var shown = EnumSet.of(Kind.SECRET);
        cases().flatMap(PlannedObjectsIT::objects).forEach(object -> shown.add(Kind.of(object)));

        assertThat(shown).isEqualTo(Set.of(Kind.values()));
    }

    /** What the example makes of itself, as the command line shows it. */
    private static List<HasMetadata> example() {
        return Manifest.read(EXAMPLE).stream()
                .<HasMetadata>map(document -> document.as(GenericKubernetesResource.class))
                .toList();
    }

    private static Stream<PlanFolder> cases() {
        return GoldenPlansTest.folders().stream()
                .filter(folder ->
                        World.in(folder.folder()).acceptance().problems().isEmpty());
    }

    /** What was adopted is said only in part, and nothing is there in this cluster that it could be a part of. */
    private static Stream<HasMetadata> objects(PlanFolder folder) {
        var world = World.in(folder.folder());
        var adopted = world.blueprint().adoptions();
        return world.plan().entries().stream()
                .filter(entry -> adopted.find(entry.ref()).isEmpty())
                .filter(ObjectEntry.class::isInstance)
                .map(entry -> ((ObjectEntry) entry).object());
    }

    private static PatchContext dryRun() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(Ownership.MANAGER)
                .withForce(true)
                .withFieldValidation("Strict")
                .withDryRun(List.of("All"))
                .build();
    }

    /** The answer may have more than was planned, and nothing else. */
    private static void assertKept(String where, Object planned, Object answer) {
        switch (planned) {
            case Map<?, ?> map -> {
                assertThat(answer).as(where).isInstanceOf(Map.class);
                map.forEach((key, value) -> assertKept(where + "." + key, value, ((Map<?, ?>) answer).get(key)));
            }
            case List<?> list -> {
                assertThat(answer).as(where).asInstanceOf(LIST).hasSameSizeAs(list);
                for (var index = 0; index < list.size(); index++) {
                    assertKept("%s[%d]".formatted(where, index), list.get(index), ((List<?>) answer).get(index));
                }
            }
            default -> assertThat(answer).as(where).isEqualTo(planned);
        }
    }
}
