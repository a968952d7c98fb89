package dev.bulkhead.cli;

import static dev.bulkhead.cli.PlanCommandTest.API;
import static dev.bulkhead.cli.PlanCommandTest.ENVIRONMENT;
import static dev.bulkhead.cli.PlanCommandTest.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --capabilities}: what is known of a cluster that isn't asked. */
class KnownClustersTest {

    /** As {@code kubectl get targetcluster local -o yaml} shows it. */
    private static final String LOCAL = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: TargetCluster
            metadata: {name: local, uid: u1, resourceVersion: "7", generation: 1}
            spec: {local: {}}
            status:
              observedGeneration: 1
              version: v1.36.3
              capabilities:
                apis:
                - {apiVersion: apps/v1, kinds: [Deployment]}
                - {apiVersion: networking.k8s.io/v1, kinds: [NetworkPolicy]}
            """;

    /** Of a cluster that has Linkerd. */
    static final String MESHED = "src/test/resources/plans/probes-that-a-mesh-does-not-expect/in-capabilities.yaml";

    private final Terminal terminal = new Terminal();

    @TempDir
    private Path folder;

    private Path files;

    @BeforeEach
    void anEnvironmentThatAsksForAMesh() throws IOException {
        files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(
                files.resolve("all.yaml"),
                String.join(
                        "---\n",
                        PLATFORM,
                        ENVIRONMENT.replace("spec: {", "spec: {mesh: {provider: Linkerd}, "),
                        API.replace("ports:", "calls: [{workload: front, port: http}]\n  ports:"),
                        API.replace("name: api", "name: front")));
    }

    @Test
    void aTargetClusterWithItsStatusSaysThatThereIsNoMesh() throws IOException {
        assertThat(reach("--from", "api", "--to", "front", "--capabilities", file(LOCAL)))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).contains("http (8080)").doesNotContain("mutual TLS");
    }

    @Test
    void aMeshThatNobodyKnowsOfLeavesEveryQuestionOpen() {
        assertThat(reach("--from", "api", "--to", "front")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("environment shop/staging asks for a mesh, and whether cluster local has it isn't known");

        assertThat(terminal.run("plan", "-f", files.toString())).isZero();
        assertThat(terminal.err())
                .contains("all.yaml:14: Environment shop/staging note: spec.mesh: what cluster local");

        assertThat(reach("--from", "api", "--to", "front", "--capabilities", MESHED))
                .isZero();
        assertThat(terminal.out()).contains("L4 L7", "mutual TLS");
    }

    @Test
    void aFileOfCapabilitiesHoldsForEveryCluster() throws IOException {
        var none = """
                kind: Capabilities
                version: v1.36.3
                offers: {apis: [{apiVersion: networking.k8s.io/v1, kinds: [NetworkPolicy]}]}
                """;

        assertThat(reach("--capabilities", file(none))).as(terminal.err()).isZero();
        assertThat(terminal.out()).doesNotContain("mutual TLS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "reach"})
    void theStatusOfAnotherClusterIsRefused(String command) throws IOException {
        assertThat(terminal.run(
                        command,
                        "-f",
                        files.toString(),
                        "--capabilities",
                        file(LOCAL.replace("name: local", "name: production"))))
                .isEqualTo(2);
        assertThat(terminal.err())
                .contains("is of another cluster than those of the environments in the files, which are local");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {kind: TargetCluster, metadata: {name: local}} | has no status.capabilities: take it with
            {kind: Pod, metadata: {name: local}}           | has kind Pod. Take a TargetCluster
            {metadata: {name: local}}                      | has kind none. Take a TargetCluster
            {kind: Capabilities, version: [1]}             | can't be used: This is no file of capabilities
            {kind: [                                       | can't be read as YAML
            """)
    void aFileThatSaysNothingOfAClusterIsRefused(String text, String message) throws IOException {
        assertThat(reach("--capabilities", file(text))).isEqualTo(2);
        assertThat(terminal.err()).contains(message).doesNotContain("\tat ");
    }

    private int reach(String... more) {
        var words = new ArrayList<>(List.of("reach", "-f", files.toString()));
        words.addAll(List.of(more));
        return terminal.run(words.toArray(String[]::new));
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("cluster.yaml"), text).toString();
    }
}
