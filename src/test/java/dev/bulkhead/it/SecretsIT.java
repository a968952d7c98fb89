package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.BulkheadCommand;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import dev.bulkhead.secrets.vault.VaultNames;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret goes where it is used and nowhere else. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class SecretsIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);
    private static final Path LOG = Path.of("target", "it-logs", "SecretsIT.log");

    private final TestCluster cluster;
    private final OperatorProcess operator;
    private TestNamespace hub;
    private Audit audit;
    private Staging staging;
    private Scope scope;
    private String canary;

    SecretsIT(TestCluster cluster, OperatorProcess operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void aWorkloadThatUsesASecret(TestNamespace hub, Audit audit) {
        this.hub = hub;
        this.audit = audit;
        operator.start();
        staging = Staging.declared(cluster, hub);
        canary = "canary-" + UUID.randomUUID();
        source(canary);
        scope = staging.keeps("entries: [{name: token, type: Static, from: {secretRef: {name: source, key: token}}}]");
        staging.runs("api", "env: [{name: TOKEN, secretRef: {entry: token}}]");
        cluster.awaitReady("workload", staging.workload("api"));
        scope.awaitReady();
        staging.awaitReady();
    }

    @Test
    void aSecretIsPublishedWhereItIsUsedOnly() {
        assertThat(published()).isEqualTo(canary);
        assertThat(cluster.find("secret", staging.data() + "/token")).isEmpty();

        cluster.delete("workload", staging.workload("api"));
        cluster.awaitGone("secret", staging.web() + "/token");
    }

    @Test
    void anotherValueStartsOtherPodsWithIt() {
        var before = staging.podUids("api");

        source("another-" + canary);

        cluster.eventually(() -> assertThat(published()).isEqualTo("another-" + canary));
        cluster.eventually(() -> assertThat(staging.podUids("api")).isNotEmpty().doesNotContainAnyElementsOf(before));
        cluster.awaitReady("workload", staging.workload("api"));
        scope.awaitReady();
    }

    @Test
    void aSourceThatIsGoneIsWaitedForWhileAllRunsOn() {
        var before = staging.podUids("api");
        var version =
                cluster.get("secret", staging.web() + "/token").getMetadata().getResourceVersion();

        cluster.delete("secret", hub.name(), "source");
        cluster.awaitCondition("secretscope", staging.name(), "Reconciling", "WaitingForSecret");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(published()).isEqualTo(canary);
        assertThat(staging.holds("environment", staging.name()).type()).isEqualTo("Ready");

        operator.kill();
        audit.mark();
        operator.start();
        cluster.eventually(() -> assertThat(audit.requests())
                .anyMatch(request -> request.userAgent().equals(Audit.OPERATOR)
                        && request.resource().equals("environments")));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(cluster.get("secret", staging.web() + "/token").getMetadata().getResourceVersion())
                .isEqualTo(version);
        assertThat(staging.podUids("api")).isEqualTo(before);

        source(canary);
        scope.awaitReady();
        cluster.awaitReady("workload", staging.workload("api"));
        assertThat(staging.podUids("api")).isEqualTo(before);
    }

    @Test
    void aValueIsNowhereButInTheSecretsThemselves() throws IOException, InterruptedException {
        // A plan, a pause, a repair and a bad edit all have something to say about it.
        staging.patch("{\"reconcile\":\"Plan\"}");
        cluster.awaitCondition("environment", staging.name(), "Stalled", "PlanOnly");
        var other = "other-" + canary;
        source(other);
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(published()).isEqualTo(canary);
        anywhereBut(other);
        staging.patch("{\"reconcile\":\"Apply\"}");
        staging.awaitReady();
        cluster.patch("secret", staging.web() + "/token", "{\"data\":{\"value\":\"bWFsbG9yeQ==\"}}", "mallory");
        cluster.eventually(() -> assertThat(published()).isEqualTo(other));
        cluster.eventually(() -> assertThat(cluster.events(staging.name()))
                .anyMatch(event -> event.reason().equals("DriftRepaired")));
        cluster.patch("secretscope", staging.name(), """
                {"spec":{"entries":[
                {"name":"token","type":"Static","from":{"secretRef":{"name":"source","key":"token"}}},
                {"name":"more","type":"Static","from":{"secretRef":{"name":"source","key":"more"}}}]}}""");
        cluster.awaitCondition("secretscope", staging.name(), "Reconciling", "WaitingForSecret");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);

        anywhereBut(other);
    }

    @Test
    void aValueThatIsMadeHereIsNowhereButInTheVaultAndWhereItIsUsed(@TempDir Path folder)
            throws IOException, InterruptedException {
        operator.stop();
        // Whoever looks for a fault turns everything on.
        operator.setEnvironment("QUARKUS_LOG_LEVEL", "DEBUG");
        operator.setEnvironment("QUARKUS_LOG_CATEGORY__IO_FABRIC8__LEVEL", "TRACE");
        operator.start();
        valuesAreMade();
        var canaries = new Canaries();
        canaries.add("the value that is brought", canary);
        secrets().forEach(canaries::add);
        var said = new ArrayList<String>();

        said.add(command("Succeeded", "rotate", "session", "db", "ca", "-e", "staging", "-n", hub.name(), "--wait"));
        cluster.eventually(() -> assertThat(scope.entries())
                .extracting(entry -> entry.get("phase"))
                .containsOnly("Stable"));
        secrets().forEach(canaries::add);
        write(folder, "environment", staging.name());
        write(folder, "secretscope", staging.name());
        write(folder, "workload", staging.workload("api"));
        write(folder, "workload", staging.workload("client"));
        said.add(command("0 created, 0 changed, 0 removed", "diff", "-n", hub.name(), "-f", folder.toString()));
        said.add(command("SecretScope staging", "status", "-n", hub.name(), "staging"));
        write(folder, "secret", hub.of("source"));
        Files.writeString(
                folder.resolve("platform.yaml"),
                Files.readString(Path.of("examples/quickstart/00-platform.yaml"))
                        .replace("name: shop", "name: " + hub));
        said.add(command("Secret          session", "plan", "-f", folder.toString()));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        said.add(Files.readString(LOG));
        assertThat(said.getLast()).contains(" DEBUG ");
        said.add(operator.scrape().text());
        said.add(everythingElse());
        said.add(secrets().map(GenericKubernetesResource::getMetadata).toList().toString());

        assertThat(canaries.in(secrets().toList().toString()::contains)).isNotEmpty();
        said.forEach(text -> assertThat(canaries.in(text::contains)).isEmpty());
        var heap = operator.heap();
        assertThat(heap.contains(staging.web())).isTrue();
        assertThat(canaries.in(heap::contains)).isEmpty();
    }

    private void valuesAreMade() {
        cluster.patch("secretscope", staging.name(), """
                {"spec":{"drain":{"atLeast":"1s"},"entries":[
                {"name":"token","type":"Static","from":{"secretRef":{"name":"source","key":"token"}}},
                {"name":"session","type":"Token"},
                {"name":"db","type":"Password","template":{"url":"postgres://app:{{ value | url }}@db/app"}},
                {"name":"ca","type":"CA"},
                {"name":"leaf","type":"TLS",
                 "tls":{"issuer":"ca","dnsNames":["client"],"formats":["CombinedPEM","PKCS12"]}}]}}""");
        staging.runs(
                "client",
                "env: [{name: SESSION, secretRef: {entry: session}}, {name: URL, secretRef: {entry: db, key: url}}]",
                "secrets: [{entry: leaf, path: /tls}]");
        cluster.awaitReady("workload", staging.workload("client"));
        scope.awaitReady();
    }

    /** Of the vault, and of the namespaces of the environment that has them. */
    private Stream<GenericKubernetesResource> secrets() {
        return Stream.of(VaultNames.namespace(hub.name()), staging.web())
                .flatMap(namespace -> cluster.list("secret", namespace).stream());
    }

    /** What a command says, which has to be about that. */
    private String command(String about, String... words) {
        var said = new StringWriter();
        var page = new PrintWriter(said, true);
        var all = new ArrayList<>(List.of(words));
        if (!words[0].equals("plan")) {
            all.addAll(List.of("--kubeconfig", cluster.kube().kubeconfig().toString()));
        }
        BulkheadCommand.run(page, page, all.toArray(String[]::new));
        assertThat(said.toString()).contains(about);
        return said.toString();
    }

    /** As it would stand in a git repository. */
    private void write(Path folder, String kind, String name) throws IOException {
        var live = cluster.get(kind, name);
        var file = new GenericKubernetesResource();
        file.setApiVersion(live.getApiVersion());
        file.setKind(live.getKind());
        file.setMetadata(new ObjectMetaBuilder()
                .withName(live.getMetadata().getName())
                .withNamespace(live.getMetadata().getNamespace())
                .build());
        Stream.of("spec", "data")
                .filter(live.getAdditionalProperties()::containsKey)
                .forEach(field -> file.setAdditionalProperty(field, live.get(field)));
        Files.writeString(
                folder.resolve(kind + "-" + live.getMetadata().getName() + ".yaml"), Serialization.asYaml(file));
    }

    private void anywhereBut(String value) throws IOException, InterruptedException {
        var hidden = new String[] {value, base64(value), canary, base64(canary)};
        assertThat(Files.readString(LOG)).isNotEmpty().doesNotContain(hidden);
        assertThat(operator.scrape().text()).contains("bulkhead_environments").doesNotContain(hidden);
        assertThat(everythingElse())
                .contains("Environment", "\"Event\"", "ConfigMap", "ControllerRevision", staging.web())
                .doesNotContain(hidden);
        assertThat(cluster.get("secret", staging.web() + "/token").getMetadata().toString())
                .doesNotContain(hidden);
    }

    /** All objects of all kinds that the cluster serves, Secrets apart. */
    private String everythingElse() {
        var kinds = cluster.kubectl("api-resources", "--verbs=list", "--output=name")
                .output()
                .lines()
                .filter(kind -> !kind.equals("secrets"))
                .collect(Collectors.joining(","));
        var all = cluster.kubectl("get", kinds, "-A", "-o", "json", "--show-managed-fields");
        assertThat(all.code()).as(all.toString()).isZero();
        return all.output();
    }

    private void source(String value) {
        cluster.applyYaml(hub, """
                apiVersion: v1
                kind: Secret
                metadata: {name: source}
                data: {token: %s}
                """.formatted(base64(value)));
    }

    private String published() {
        return cluster.text(staging.web() + "/token", "value");
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
