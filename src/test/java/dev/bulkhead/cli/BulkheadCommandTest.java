package dev.bulkhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkheadCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void whatATargetNeedsIsPrintedWithTheIdOfItsHubInOnePlace() {
        assertThat(run("cluster", "add", "staging", "--hub-id", "a1b2c3")).isZero();

        assertThat(out.toString())
                .containsOnlyOnce("bulkhead.dev/hub-id: a1b2c3")
                .doesNotContain("goes-here", "kind: Deployment", "kind: Secret")
                .contains("kind: ValidatingAdmissionPolicyBinding");
        assertThat(new TargetSide("a1b2c3").objects())
                .extracting(it -> it.getKind())
                .startsWith("Namespace", "ServiceAccount")
                .contains("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");
    }

    @Test
    void nobodysCurrentContextIsTaken() {
        assertThat(run("cluster", "add", "staging", "--apply")).isEqualTo(1);
        assertThat(err.toString()).contains("--hub-kubeconfig is missing").doesNotContain("\tat ");
    }

    @Test
    void ofSeveralContextsOneHasToBeNamed() throws IOException {
        var file = kubeconfig(
                "{name: east, context: {cluster: c, user: u}}, {name: west, context: {cluster: c, user: u}}");

        assertThat(run("cluster", "add", "staging", "--hub-kubeconfig", file)).isEqualTo(1);
        assertThat(err.toString()).contains("has the contexts east, west: say which with --hub-context");

        assertThat(run("cluster", "add", "staging", "--hub-kubeconfig", file, "--hub-context", "north"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--hub-context north").contains("but east, west");
    }

    @Test
    void aFileThatIsNoKubeconfigIsNamedAndNotShown() throws IOException {
        var file = folder.resolve("broken.yaml");
        for (var text : new String[] {"users:\n- token: [canary-token\n", "canary-token"}) {
            Files.writeString(file, text);

            assertThat(run("cluster", "add", "staging", "--hub-kubeconfig", file.toString()))
                    .isEqualTo(1);
        }
        assertThat(err.toString().lines())
                .hasSize(2)
                .allMatch(it -> it.contains("--hub-kubeconfig " + file + " can't be read as a kubeconfig"));
        assertThat(err.toString()).doesNotContain("canary");
    }

    @Test
    void aHubThatCannotBeReachedIsSaidInOneLine() throws IOException {
        var file = kubeconfig("{name: east, context: {cluster: c, user: u}}");

        assertThat(run("cluster", "add", "staging", "--hub-kubeconfig", file)).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("bulkhead: the API server can't be asked")
                .doesNotContain("Exception");
    }

    @Test
    void aNameThatNoTargetClusterCanHaveIsRefused() {
        assertThat(run("cluster", "add", "Staging!", "--hub-id", "a1")).isEqualTo(1);
        assertThat(err.toString()).contains("Staging!", "a-z");
    }

    @Test
    void anIdThatCouldSayMoreThanAnIdIsRefused() {
        assertThat(run("cluster", "add", "staging", "--hub-id", "a1\nmore: yaml"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is no id of a hub");
    }

    @Test
    void aMisspeltOptionIsExplained() {
        assertThat(run("cluster", "add", "staging", "--hubid", "a1")).isEqualTo(2);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        it -> assertThat(it).isEqualTo("bulkhead: Unknown options: '--hubid', 'a1'"),
                        it -> assertThat(it).startsWith("Possible solutions: ").contains("--hub-id"),
                        it -> assertThat(it).isEqualTo("See bulkhead cluster add --help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plan", "reach", "cluster add"})
    void whichVersionItIsEveryCommandSays(String command) {
        assertThat(run((command + " --version").strip().split(" "))).isZero();
        assertThat(out.toString()).matches("bulkhead \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void aRotationIsOfSomethingAndOneThingAtATime() {
        assertThat(run("rotate", "--environment", "staging")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required parameter: 'ENTRY'");

        assertThat(run("rotate", "db")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--environment=ENVIRONMENT'");

        assertThat(run("rotate", "db", "-e", "staging", "--hold", "--compromised"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("mutually exclusive");
    }

    @Test
    void aRotationThatCannotBeAskedForIsSaidInOneLine() throws IOException {
        var file = kubeconfig("{name: east, context: {cluster: c, user: u}}");

        assertThat(run("rotate", "db", "-e", "staging", "--kubeconfig", file)).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("the API server can't be asked");
    }

    private String kubeconfig(String contexts) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: east
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
                contexts: [%s]
                users: [{name: u, user: {token: x}}]
                """.formatted(contexts))
                .toString();
    }

    private int run(String... arguments) {
        return BulkheadCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
