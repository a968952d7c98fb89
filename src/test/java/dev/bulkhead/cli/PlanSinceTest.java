package dev.bulkhead.cli;

import static dev.bulkhead.cli.PlanCommandTest.API;
import static dev.bulkhead.cli.PlanCommandTest.ENVIRONMENT;
import static dev.bulkhead.cli.PlanCommandTest.PLATFORM;
import static dev.bulkhead.cli.PlanCommandTest.scope;
import static dev.bulkhead.cli.PlanCommandTest.secret;
import static dev.bulkhead.cli.PlanCommandTest.using;
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
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bulkhead plan --base}, in a git repository of its own. */
class PlanSinceTest {

    private static final String MESHED = ENVIRONMENT.replace("spec: {", "spec: {mesh: {provider: Linkerd}, ");

    private static final String CANARY = "tr0ub4dor-and-3";

    private final Terminal terminal = new Terminal();

    @TempDir
    private Path repository;

    private Path folder;

    @BeforeEach
    void aRepositoryWithAnEnvironmentInIt() throws IOException, InterruptedException {
        folder = Files.createDirectory(repository.resolve("shop"));
        git("init", "-q", "-b", "main");
        write("platform.yaml", PLATFORM, ENVIRONMENT);
        write("api.yaml", API);
        write("front.yaml", frontend("calls: [{workload: api, port: http}]"));
        commit();
    }

    @Test
    void nothingChangesWhereNothingDid() {
        assertThat(plan("--base", "main")).isZero();
        assertThat(terminal.out()).contains("0 created, 0 changed, 0 removed").doesNotContain("restart");
    }

    @Test
    void anImageThatChangesReplacesItsPodsAndNoOthers() throws IOException {
        write("api.yaml", API.replace("api:1", "api:2"));

        assertThat(plan("--base", "HEAD")).isZero();
        assertThat(terminal.out())
                .contains("0 created, 1 changed, 0 removed")
                .contains("~ Deployment  api\n")
                .contains(
                        "spec.template.spec.containers[api].image: registry.example.com/shop/api:1 becomes registry.example.com/shop/api:2")
                .contains("Pods that restart\n    Deployment shop-staging-web/api\n")
                .doesNotContain("front");
    }

    @Test
    void aReplicaMoreReplacesNoPod() throws IOException {
        write("api.yaml", API.replace("replicas: 2", "replicas: 3"));

        assertThat(plan("--base", "HEAD", "-o", "markdown")).isZero();
        assertThat(terminal.out()).contains("spec.replicas: 2 becomes 3", "No pod restarts.");
    }

    @Test
    void aCallThatGoesAndOneThatComesAreTold() throws IOException {
        write("front.yaml", frontend("calls: []"));
        write("batch.yaml", frontend("calls: [{workload: api, port: http}]").replace("frontend", "batch"));

        assertThat(plan("--base", "HEAD")).isZero();
        assertThat(terminal.out())
                .contains("Newly reached\n    + shop-staging-web/batch -> shop-staging-web/api: http (8080)\n")
                .contains(
                        "Not reached any more\n    - shop-staging-web/frontend -> shop-staging-web/api: http (8080)\n")
                .contains("+ NetworkPolicy", "- NetworkPolicy");
    }

    @Test
    void aWebhookThatIsNewIsTold() throws IOException {
        write("platform-edges.yaml", """
                apiVersion: bulkhead.dev/v1alpha1
                kind: NetworkPolicySet
                metadata: {name: platform, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  platform: {webhooks: {to: [{workload: api, port: http}]}}
                """);
        write("cluster.txt", "kind: Capabilities\nversion: v1.36.3\nnodes: [192.0.2.10, 10.42.0.0]\n");

        assertThat(plan(
                        "--base",
                        "HEAD",
                        "--capabilities",
                        folder.resolve("cluster.txt").toString()))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).contains("Newly reached\n    + nodes -> shop-staging-web/api: TCP 8080\n");
        assertThat(plan("--base", "HEAD")).isZero();
        assertThat(terminal.seen())
                .contains("from where the nodes of cluster local call isn't known")
                .doesNotContain("Newly reached");
    }

    @Test
    void anEdgeOfWhichAProbeIsLeftIsToldToBeGone() throws IOException, InterruptedException {
        var api = API.replace("targetPort: 8080}]", "targetPort: 8080}, {name: admin, port: 9090}]")
                + "  probes: {readiness: {httpGet: {path: /healthz, port: http}}}\n";
        write("platform.yaml", PLATFORM, MESHED);
        write("api.yaml", api);
        write("front.yaml", frontend("calls: [{workload: api, port: http}, {workload: api, port: admin}]"));
        commit();
        write("front.yaml", frontend("calls: [{workload: api, port: admin}]"));

        assertThat(plan("--base", "HEAD", "--capabilities", KnownClustersTest.MESHED))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out())
                .contains("Not reached any more", "- shop-staging-web/frontend -> shop-staging-web/api: http (8080)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "markdown"})
    void anEdgeThatNobodyProvesAnyMoreIsTold(String output) throws IOException, InterruptedException {
        write("platform.yaml", PLATFORM, MESHED);
        commit();
        write("platform.yaml", PLATFORM, ENVIRONMENT);

        assertThat(plan("--base", "HEAD", "-o", output, "--capabilities", KnownClustersTest.MESHED))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out())
                .contains(
                        "Kept by others than before",
                        "shop-staging-web/frontend -> shop-staging-web/api: http (8080): enforced by L4, before by L4 L7"
                                + " with mutual TLS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "yaml", "markdown"})
    void aSecretThatChangesReplacesPodsAndShowsNoValue(String output) throws IOException, InterruptedException {
        write("api.yaml", using("stripe"), scope("stripe", "token"), secret("token", "before"));
        commit();
        write("api.yaml", using("stripe"), scope("stripe", "token"), secret("token", CANARY));

        assertThat(plan("--base", "HEAD", "-o", output)).isZero();
        assertThat(terminal.seen()).doesNotContain(CANARY);
        if (!output.equals("yaml")) {
            assertThat(terminal.out())
                    .contains("shop-staging-web/api")
                    .containsPattern("values: version [0-9a-f]{8} becomes version [0-9a-f]{8}");
        }
    }

    @Test
    void aSecretScopeThatIsTakenAwayTakesNothingFromWhoUsesIt() throws IOException, InterruptedException {
        var made = scope("token", "token")
                .replace("type: Static, from: {secretRef: {name: token, key: token}}", "type: Token");
        write("api.yaml", using("token"), made);
        commit();
        write("api.yaml", using("token"));

        assertThat(plan("--base", "HEAD")).isZero();
        assertThat(terminal.seen())
                .contains("0 created, 0 changed, 0 removed", "SecretScope secrets had entry token, and was deleted");

        write("api.yaml", API);
        assertThat(plan("--base", "HEAD")).isZero();
        assertThat(terminal.seen()).contains("1 removed", "- Secret      token");
    }

    @Test
    void anEditThatIsRefusedTakesNothingAway() throws IOException {
        write("api.yaml", API.replace("registry.example.com/shop/api:1", "elsewhere.example.com/api:2"));

        assertThat(plan("--base", "HEAD")).isEqualTo(2);
        assertThat(terminal.err()).contains("api.yaml:9: Workload shop/api refused");
        assertThat(terminal.out()).contains("0 created, 0 changed, 0 removed");
    }

    @Test
    void anEnvironmentThatGoesTakesAllOfItAlong() throws IOException {
        write("platform.yaml", PLATFORM);

        assertThat(plan("--base", "HEAD")).isZero();
        assertThat(terminal.out()).contains("0 created, 0 changed, 1").contains("- Namespace");
    }

    @Test
    void anEnvironmentThatCanNotBeHadIsNotShownAsGone() throws IOException {
        write("platform.yaml", PLATFORM.replace("clusters: [local]", "clusters: [other]"), ENVIRONMENT);

        assertThat(plan("--base", "HEAD")).isEqualTo(2);
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void aFolderThatWasNotThereBeforeIsAllNew() throws IOException {
        var other = Files.createDirectory(repository.resolve("other"));
        for (var file : List.of("platform.yaml", "api.yaml")) {
            Files.copy(folder.resolve(file), other.resolve(file));
        }

        assertThat(terminal.run("plan", "-f", other.toString(), "--base", "HEAD"))
                .isZero();
        assertThat(terminal.out()).contains("created, 0 changed, 0 removed, 0 unchanged beside HEAD");
    }

    @Test
    void oneFileIsComparedWithItselfThen() throws IOException {
        write("all.yaml", PLATFORM, ENVIRONMENT, API);

        assertThat(terminal.run("plan", "-f", folder.resolve("all.yaml").toString(), "--base", "HEAD"))
                .isZero();
        assertThat(terminal.out()).contains(" 0 unchanged beside HEAD");
    }

    @Test
    void aFileThatWasFaultyThenIsSaidToBe() throws IOException, InterruptedException {
        write("api.yaml", API.replace("replicas", "replicaz"));
        commit();
        write("api.yaml", API);

        assertThat(plan("--base", "HEAD")).isZero();
        assertThat(terminal.err()).contains("HEAD:", "api.yaml:10: ", "replicaz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "-x", "main..main"})
    void aReferenceThatIsNoneIsRefused(String ref) {
        assertThat(plan("--base=" + ref)).isEqualTo(2);
        assertThat(terminal.err()).contains("--base " + ref + " is no commit");
    }

    @Test
    void whatIsInNoRepositoryHasNoPast(@TempDir Path elsewhere) throws IOException {
        Files.copy(folder.resolve("api.yaml"), elsewhere.resolve("api.yaml"));

        assertThat(terminal.run("plan", "-f", elsewhere.toString(), "--base", "main"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("is no commit of the git repository of " + elsewhere);
    }

    @Test
    void whatIsPipedInHasNoPast() {
        assertThat(terminal.run("plan", "-f", "-", "--base", "main")).isEqualTo(2);
        assertThat(terminal.err()).contains("--base needs files");
    }

    @Test
    void wordsOfAFileAreNoMarkupOfAComment() throws IOException {
        write("api.yaml", API.replace("replicas: 2", "type: \"<img>@team|x\""));

        assertThat(plan("--base", "HEAD", "-o", "markdown")).isEqualTo(2);
        assertThat(terminal.out()).contains("spec.type is &lt;img>\\@team\\|x,");
    }

    private static String frontend(String calls) {
        return API.replace("name: api", "name: frontend").replace("replicas: 2", calls);
    }

    private int plan(String... more) {
        var words = new ArrayList<>(List.of("plan", "-f", folder.toString()));
        words.addAll(List.of(more));
        return terminal.run(words.toArray(String[]::new));
    }

    private void write(String file, String... documents) throws IOException {
        Files.writeString(folder.resolve(file), String.join("---\n", documents));
    }

    private void commit() throws IOException, InterruptedException {
        git("add", "-A");
        git("-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "-m", "as it is");
    }

    private void git(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(words));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
