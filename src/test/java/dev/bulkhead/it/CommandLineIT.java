package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.BulkheadCommand;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a hub, beside an operator that has done its work. */
@BulkheadTest
class CommandLineIT {

    private static final String CANARY = "tr0ub4dor-and-3";

    private final TestCluster cluster;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private TestNamespace hub;

    /** @param operator nothing is asked of it, but it has to run */
    CommandLineIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @BeforeEach
    void anEnvironmentIsThere(TestNamespace hub) throws IOException {
        this.hub = hub;
        cluster.apply("examples/quickstart/00-platform.yaml", hub);
        write("environment.yaml", """
                kind: Environment
                metadata: {name: staging}
                spec: {classRef: {name: standard}, clusterRef: {name: local}, deletionProtection: Disabled, namespaces: [{name: web}]}
                """);
        write("secret.yaml", """
                kind: SecretScope
                metadata: {name: secrets}
                spec:
                  environmentRef: {name: staging}
                  entries: [{name: stripe, type: Static, from: {secretRef: {name: stripe, key: token}}}]
                """);
        write("api.yaml", api("registry.example.com/shop/api:1"));
        cluster.applyYaml(hub, "{apiVersion: v1, kind: Secret, metadata: {name: stripe}, stringData: {token: before}}");
        for (var file : List.of("environment.yaml", "secret.yaml", "api.yaml")) {
            cluster.applyYaml(hub, Files.readString(folder.resolve(file)));
        }
        cluster.awaitTrue("environment", hub.of("staging"), "NetworkReady");
        cluster.await("deployment", hub + "-staging-web", "api");
    }

    @Test
    void whatIsAppliedAlreadyMakesNoDifference() {
        assertThat(run("diff", "-f", folder.toString())).as("%s%s", out, err).isZero();
        assertThat(out.toString()).contains("0 created, 0 changed, 0 removed");
    }

    @Test
    void whatIsMadeHereMakesNoDifferenceToWhoMayNotReadIt() throws IOException {
        write("made.yaml", """
                kind: SecretScope
                metadata: {name: made}
                spec: {environmentRef: {name: staging}, entries: [{name: session, type: Token}]}
                """);
        write("worker.yaml", """
                kind: Workload
                metadata: {name: staging-worker}
                spec:
                  environmentRef: {name: staging}
                  name: worker
                  targetNamespace: web
                  image: registry.example.com/shop/worker:1
                  env: [{name: SESSION, secretRef: {entry: session}}]
                """);
        for (var file : List.of("made.yaml", "worker.yaml")) {
            cluster.applyYaml(hub, Files.readString(folder.resolve(file)));
        }
        cluster.await("deployment", hub + "-staging-web", "worker");
        cluster.awaitReady("secretscope", hub.of("made"));

        assertThat(run("diff", "-f", folder.toString())).as("%s%s", out, err).isZero();
        assertThat(out.toString()).contains("0 created, 0 changed, 0 removed");
    }

    @Test
    void whatWouldChangeIsShownAndDoesNotChange() throws IOException {
        write("api.yaml", api("registry.example.com/shop/api:2"));
        write(
                "batch.yaml",
                api("registry.example.com/shop/batch:1")
                        .replace("name: api", "name: batch")
                        .replace("ports:", "calls: [{workload: api, port: http}]\n  ports:"));

        assertThat(run("diff", "-f", folder.toString())).as("%s", err).isEqualTo(1);
        assertThat(out.toString())
                .contains("image: registry.example.com/shop/api:1 becomes registry.example.com/shop/api:2")
                .contains("Pods that restart\n    Deployment " + hub + "-staging-web/api\n")
                .contains(
                        "+ %s-staging-web/batch -> %s-staging-web/api: http".formatted(hub, hub),
                        "+ Deployment",
                        "0 removed");
        assertThat(cluster.find("workload", hub.of("batch"))).isEmpty();
        assertThat(cluster.get("deployment", hub + "-staging-web/api").toString())
                .doesNotContain("api:2");
    }

    @Test
    void aSecretThatChangesIsToldByItsKeyAlone() throws IOException {
        write(
                "stripe.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: stripe}\nstringData: {token: %s}\n".formatted(CANARY));

        assertThat(run("diff", "-f", folder.toString())).as("%s", err).isEqualTo(1);
        assertThat(out.toString()).contains("stripe\n", "key value: changed", "Pods that restart");
        assertThat(out + err.toString()).doesNotContain(CANARY, "before");
    }

    @Test
    void whatASecretOrAClassChangesIsShownOfEveryEnvironmentThatHasIt() throws IOException {
        var secret = Files.createDirectory(folder.resolve("secret"));
        Files.writeString(
                secret.resolve("stripe.yaml"),
                "apiVersion: v1\nkind: Secret\nmetadata: {name: stripe}\nstringData: {token: %s}\n".formatted(CANARY));

        assertThat(run("diff", "-f", secret.toString())).as("%s", err).isEqualTo(1);
        assertThat(out.toString()).contains("key value: changed").doesNotContain(CANARY);

        var platform = Files.createDirectory(folder.resolve("platform"));
        Files.writeString(
                platform.resolve("class.yaml"),
                Files.readString(Path.of("examples/quickstart/00-platform.yaml"))
                        .replaceFirst("(?s).*---\n", "")
                        .replace("ceilings:", "meshProvider: Linkerd\n  ceilings:"));
        assertThat(run("diff", "-f", platform.toString())).as("%s", err).isEqualTo(1);
        assertThat(out.toString()).contains("Environment " + hub + "/staging", "linkerd.io/inject");
    }

    @Test
    void whatIsInTheWayIsSaidAtItsFile() throws IOException {
        write("batch.yaml", api("registry.example.com/shop/batch:1").replace("name: api", "name: batch"));
        cluster.applyYaml("{apiVersion: v1, kind: ServiceAccount, metadata: {name: batch, namespace: %s-staging-web}}"
                .formatted(hub));

        assertThat(run("diff", "-f", folder.toString())).as("%s", out).isEqualTo(2);
        assertThat(err.toString())
                .contains("batch.yaml:3: Workload " + hub + "/batch refused: ServiceAccount " + hub
                        + "-staging-web/batch is there");
    }

    @Test
    void whatTheApiServerRefusesIsSaidInItsWords() throws IOException {
        write(
                "api.yaml",
                api("registry.example.com/shop/api:1")
                        .replace("replicas: 1", "resources: {requests: {cpu: \"2\"}, limits: {cpu: \"1\"}}"));

        assertThat(run("diff", "-f", folder.toString())).as("%s", out).isEqualTo(2);
        assertThat(err.toString())
                .contains("api.yaml:3: Workload " + hub + "/api refused", "must be less than or equal to cpu limit")
                .doesNotContain("\tat ");
    }

    @Test
    void aWorkloadThatIsStalledSaysWhyInTheTree() throws IOException {
        cluster.applyYaml(hub, ours(api("elsewhere.example.com/other:1").replace("name: api", "name: other")));
        cluster.awaitTrue("workload", hub.of("other"), "Stalled");

        assertThat(run("status", "staging")).as("%s", err).isZero();
        assertThat(out.toString())
                .startsWith("Environment staging, on cluster local: ")
                .contains("├─ NetworkReady: True\n", "├─ Workload other: Stalled (ImageNotAllowed)\n", "spec.image")
                .contains("└─ SecretScope secrets, 1 Stable: Ready")
                .doesNotContain("\u001b");

        assertThat(run("status", "none")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no Environment none in namespace " + hub);
    }

    @Test
    void aRotationIsAskedForAndFollowedToItsEnd() {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: made}
                spec:
                  environmentRef: {name: staging}
                  drain: {atLeast: 1s}
                  entries: [{name: token, type: Token}]
                """);
        cluster.awaitReady("secretscope", hub.of("made"));

        assertThat(run("rotate", "token", "--environment", "staging", "--wait"))
                .as("%s%s", out, err)
                .isZero();
        assertThat(out.toString())
                .matches("(?s)operation/rotate-\\w+ created\\R.*")
                .contains("entry token: Stable: version 2 is the one in use", "Succeeded: token: done");
        assertThat(run("status", "staging")).isZero();
        assertThat(out.toString()).contains("SecretScope made, 1 Stable: Ready");
    }

    @Test
    void aRotationThatCannotBeIsRefusedInWhole() {
        assertThat(run("rotate", "stripe", "nobody", "--environment", "staging", "--wait"))
                .as("%s%s", out, err)
                .isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "OperationRefused: entry stripe: it is Static. Change Secret stripe that it comes from",
                        "entry nobody: no SecretScope of the environment has it");
    }

    @Test
    void whatAClusterCanDoIsWrittenForPlansElsewhere() throws IOException {
        assertThat(run("cluster", "capabilities")).as("%s", err).isZero();
        var file = Files.writeString(folder.resolve("here.txt"), out.toString());

        assertThat(out.toString()).contains("kind: \"Capabilities\"", "apiServers:", "NetworkPolicy");
        assertThat(plan("-f", folder.toString(), "--capabilities", file.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("EnvironmentClass standard isn't there");
    }

    private static String api(String image) {
        return """
                kind: Workload
                metadata: {name: api}
                spec:
                  environmentRef: {name: staging}
                  targetNamespace: web
                  image: %s
                  replicas: 1
                  ports: [{name: http, port: 80}]
                  env: [{name: TOKEN, secretRef: {entry: stripe}}]
                """.formatted(image);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), ours(text));
    }

    private static String ours(String text) {
        return text.startsWith("apiVersion") ? text : "apiVersion: bulkhead.dev/v1alpha1\n" + text;
    }

    private int run(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--kubeconfig", cluster.kube().kubeconfig().toString()));
        if (!words[0].equals("cluster")) {
            all.addAll(List.of("-n", hub.name()));
        }
        return typed(all.toArray(String[]::new));
    }

    private int plan(String... words) {
        var all = new ArrayList<>(List.of("plan"));
        all.addAll(List.of(words));
        return typed(all.toArray(String[]::new));
    }

    private int typed(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return BulkheadCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }
}
