package dev.bulkhead.it.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.BulkheadCommand;
import dev.bulkhead.network.reach.Facts;
import dev.bulkhead.network.reach.Facts.Transport;
import dev.bulkhead.network.reach.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@link MeshedIT} expects of a real mesh, held to what was measured in one: an authorized caller gets 200, another
 * 403, the probe's path is open to whose packets arrive, a port without an authorization is closed, and who has no proxy
 * gets nowhere.
 */
class CrossingTest {

    private static final Places PLACES = new Places("shop-meshed-web", "outside");

    /** The mesh with the control plane of which the measurements are. */
    private static final String CAPABILITIES =
            "src/test/resources/plans/requests-are-sorted-by-routes/in-capabilities.yaml";

    private static final String CALL = "calls: [{workload: api, port: http}]";

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @EnumSource(names = {"HEADER", "TRANSPARENT"})
    void whatIsDeclaredGetsThroughAndProbesDoForThoseWhosePacketsArrive(Transport transport) {
        assertThat(words(open(Path.of(Places.RESOURCES), transport)))
                .containsExactlyInAnyOrder(
                        "web/frontend -> web/api:8080 GET /",
                        "web/frontend -> web/api:8080 GET /echo",
                        "web/frontend -> web/api:8080 GET /healthz",
                        "web/reporter -> web/api:8080 GET /echo",
                        "web/reporter -> web/api:8080 GET /healthz",
                        "outside/stranger -> outside/neighbour:8080 GET /");
    }

    @ParameterizedTest
    @EnumSource(names = {"HEADER", "TRANSPARENT"})
    void ofAnEdgeThatIsCutNothingIsLeft(Transport transport) throws IOException {
        var workloads = Files.readString(Path.of(Places.RESOURCES, "workloads.yaml"));
        Files.writeString(scratch.resolve("workloads.yaml"), workloads.replace(CALL, "calls: []"));
        Files.copy(Path.of(Places.RESOURCES, "environment.yaml"), scratch.resolve("environment.yaml"));

        assertThat(words(open(scratch, transport)))
                .noneMatch(it -> it.startsWith("web/frontend"))
                .contains("web/reporter -> web/api:8080 GET /echo");
    }

    /** The pods and the mesh's own denial, and nothing of ours: the probe's path is open to everybody, with a proxy or without. */
    @Test
    void withoutAnyRuleAMeshThatDeniesOpensTheProbesPathToEverybody() {
        var pods = objects(Path.of(Places.RESOURCES))
                .filter(it -> Set.of("Namespace", "Deployment", "Pod").contains(it.getKind()))
                .toList();

        assertThat(words(Crossing.open(World.of(pods, Facts.USUAL).matrix(), PLACES)))
                .containsExactlyInAnyOrderElementsOf(Crossing.CALLERS.stream()
                        .flatMap(it -> Stream.of(
                                it + " -> web/api:8080 GET /healthz", it + " -> outside/neighbour:8080 GET /"))
                        .toList());
    }

    private static Stream<String> words(Collection<Crossing> crossings) {
        return crossings.stream().map(Crossing::toString);
    }

    private static Set<Crossing> open(Path resources, Transport transport) {
        var world = World.of(objects(resources).toList(), Facts.USUAL.with(transport));
        return Crossing.open(world.matrix(), PLACES);
    }

    private static Stream<HasMetadata> objects(Path resources) {
        return Stream.of(planned(resources), PLACES.strangers()).flatMap(CrossingTest::parse);
    }

    /** By the command, which is how a user would look before. */
    private static String planned(Path resources) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = BulkheadCommand.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "plan",
                "-f",
                resources.toString(),
                "--capabilities",
                CAPABILITIES,
                "-o",
                "yaml");
        assertThat(code).as("%s", err).isZero();
        return out.toString();
    }

    private static Stream<HasMetadata> parse(String yaml) {
        var read = new KubernetesSerialization()
                .<Object>unmarshal(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        return read instanceof Collection<?> all
                ? all.stream().map(HasMetadata.class::cast)
                : Stream.of((HasMetadata) read);
    }
}
