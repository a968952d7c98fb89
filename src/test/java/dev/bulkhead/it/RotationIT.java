package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Ownership;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import dev.bulkhead.secrets.escrow.EscrowHub;
import dev.bulkhead.secrets.vault.VaultNames;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values are made once, kept, and replaced by others without anybody being refused. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class RotationIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final TestCluster cluster;
    private final OperatorInProcess operator;
    private TestNamespace hub;
    private Audit audit;
    private Staging staging;
    private Scope scope;

    RotationIT(TestCluster cluster, OperatorInProcess operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void aClientAndAServerWithSecretsOfTheirOwn(TestNamespace hub, Audit audit) {
        this.hub = hub;
        this.audit = audit;
        operator.start();
        staging = Staging.declared(cluster, hub);
        declare();
        staging.runs("client", "env: [{name: TOKEN, secretRef: {entry: token}}]");
        staging.runs(
                "server",
                "env: [{name: TOKENS, secretRef: {entry: token, key: accepted}}, {name: URL, secretRef: {entry: db, key: url}}]",
                "secrets: [{entry: leaf, path: /tls}]");
        scope.awaitReady();
        cluster.awaitReady("workload", staging.workload("client"));
        cluster.awaitReady("workload", staging.workload("server"));
        staging.awaitReady();
    }

    private void declare() {
        declare("{name: token, type: Token}");
    }

    private void declare(String token) {
        scope = staging.keeps(
                "drain: {atLeast: 1s}",
                "entries:",
                "- " + token,
                "- name: db",
                "  type: Password",
                "  template: {url: \"postgres://app:{{ value | url }}@{{ address 'client' }}:{{ port 'client' 'http' }}/app\"}",
                "- {name: ca, type: CA}",
                "- {name: leaf, type: TLS, tls: {issuer: ca, dnsNames: [server]}}");
    }

    @Test
    void whatIsMadeIsPublishedWhereItIsUsed() {
        assertThat(value("token", "value")).hasSizeGreaterThan(20);
        assertThat(value("token", "accepted").strip()).isEqualTo(value("token", "value"));
        assertThat(value("db", "url"))
                .startsWith("postgres://app:")
                .endsWith("@client.%s.svc.cluster.local:80/app".formatted(staging.web()));
        assertThat(value("leaf", "tls.crt")).contains("BEGIN CERTIFICATE");
        assertThat(value("leaf", "ca.crt")).contains("BEGIN CERTIFICATE");
        assertThat(cluster.get("secret", staging.web() + "/leaf").<Map<String, String>>get("data"))
                .containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
        assertThat(cluster.find("secret", staging.web() + "/ca")).isEmpty();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
    }

    @Test
    void aTokenIsReplacedWithoutARefusal() {
        var before = value("token", "value");
        var others = values("db", "leaf");
        var pods = staging.podUids("client");

        rotate("token");

        scope.awaitPhase("token", "Stable");
        var after = value("token", "value");
        assertThat(after).isNotEqualTo(before);
        assertThat(value("token", "accepted")).isEqualTo(after + "\n");
        assertThat(staging.podUids("client")).doesNotContainAnyElementsOf(pods);
        assertThat(values("db", "leaf")).isEqualTo(others);
        cluster.eventually(() -> assertThat(versions("token")).hasSize(1));
    }

    @Test
    void whoUsesATextThatIsMadeOfAValueStartsAnewWithIt() {
        var before = value("db", "url");
        var pods = staging.podUids("server");

        rotate("db");

        assertThat(value("db", "url"))
                .isNotEqualTo(before)
                .contains(URLEncoder.encode(value("db", "value"), StandardCharsets.UTF_8)
                        .replace("+", "%20"));
        assertThat(staging.podUids("server")).isNotEmpty().doesNotContainAnyElementsOf(pods);
    }

    @Test
    void aCaIsReplacedUnderItsLeaves() {
        var before = value("leaf", "ca.crt");

        rotate("ca");

        scope.awaitPhase("ca", "Stable");
        scope.awaitPhase("leaf", "Stable");
        assertThat(value("leaf", "ca.crt")).isNotEqualTo(before).doesNotContain(before.strip());
        assertThat(scope.entry("ca")).containsEntry("version", "2");
    }

    @Test
    void nothingIsMadeAnewForAScopeThatIsMadeAnewOrAnOperatorThatRestarts() {
        var before = values("token", "db", "leaf");
        cluster.delete("secretscope", staging.name());
        cluster.awaitGone("secretscope", staging.name());
        operator.stop();
        declare();
        operator.start();

        scope.awaitReady();
        staging.awaitReady();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(values("token", "db", "leaf")).isEqualTo(before);
        assertThat(versions("token")).hasSize(1);
    }

    @Test
    void whatOthersDeliverIsRestartedIfItsOwnerSaysSo() {
        cluster.applyYaml("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: legacy, namespace: %s, annotations: {bulkhead.dev/restart-with: "token, nobody-has-it"}}
                spec:
                  selector: {matchLabels: {app: legacy}}
                  template:
                    metadata: {labels: {app: legacy}}
                    spec:
                      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                      containers:
                      - name: app
                        image: registry.example.com/bulkhead/testapp:1
                        resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {cpu: 10m, memory: 16Mi}}
                        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                        env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: token, key: value}}}]
                """.formatted(staging.data()));
        cluster.await("secret", staging.data(), "token");
        var legacy = "Deployment %s/legacy".formatted(staging.data());
        cluster.eventually(
                () -> assertThat(scope.consumers("token").get(legacy)).containsEntry("state", "Current"));
        assertThat(cluster.events(staging.name()))
                .anyMatch(event -> event.reason().equals("UnknownEntry"));
        var before = word("legacy");

        rotate("token");

        scope.awaitPhase("token", "Stable");
        assertThat(word("legacy")).isNotEqualTo(before);
        assertThat(scope.consumers("token").get(legacy)).containsEntry("state", "Current");

        cluster.patch(
                "deployment",
                staging.data() + "/legacy",
                "{\"metadata\":{\"annotations\":{\"bulkhead.dev/restart-with\":null}}}");
        cluster.awaitGone("secret", staging.data() + "/token");
    }

    private String word(String deployment) {
        return cluster.get("deployment", staging.data() + "/" + deployment)
                .get("spec", "template", "metadata", "annotations", "bulkhead.dev/secret-version");
    }

    @Test
    void whoReadsFilesAgainIsNotRestartedAndHasTimeForIt() {
        staging.runs("reader", "secrets: [{entry: token, path: /token, onRotation: Reload}]");
        cluster.awaitReady("workload", staging.workload("reader"));
        var pods = staging.podUids("reader");
        var before = value("token", "value");

        Operations.rotate(staging, "token");

        cluster.eventually(() -> assertThat(scope.consumers("token").get("reader"))
                .containsEntry("state", "Behind")
                .hasEntrySatisfying("evidence", it -> assertThat(it.toString()).contains("which counts as done at")));
        assertThat(scope.entry("token")).containsEntry("phase", "Staged");
        assertThat(value("token", "accepted").lines()).hasSize(2).contains(before);
        assertThat(value("token", "value")).isEqualTo(before);
        assertThat(staging.podUids("reader")).isNotEmpty().isEqualTo(pods);
    }

    /** What was rotated since the backup is unknown to it, and for the same reason as then another version is due. */
    @Test
    void aHubFromABackupOlderThanItsTargetMakesNothingUnderANumberThatIsTaken() {
        var namespace = VaultNames.namespace(hub.name());
        var vault = new EscrowHub(
                cluster.client(),
                cluster.get("namespace", namespace).getMetadata().getLabels().get(Ownership.HUB));
        var backup = vault.items().stream()
                .filter(it -> it.hubNamespace().equals(hub.name()))
                .toList();
        rotate("token");
        scope.awaitPhase("token", "Stable");
        var published = values("token");
        operator.stop();
        cluster.client().secrets().inNamespace(namespace).delete();
        cluster.client()
                .configMaps()
                .inNamespace(namespace)
                .withLabel(Ownership.VAULT)
                .delete();
        vault.make(backup);
        declare("{name: token, type: Token, token: {bytes: 48}}");

        operator.start();

        scope.awaitPhase("token", "Lost");
        assertThat(values("token")).isEqualTo(published);
        assertThat(versions("token")).hasSize(1);
        assertThat(scope.entry("db")).containsEntry("phase", "Stable");
    }

    private void rotate(String entry) {
        cluster.awaitCondition("operation", Operations.rotate(staging, entry), "Ready", "Succeeded");
    }

    private Map<String, Map<String, String>> values(String... entries) {
        var values = new TreeMap<String, Map<String, String>>();
        List.of(entries)
                .forEach(entry -> values.put(
                        entry,
                        cluster.get("secret", staging.web() + "/" + entry).get("data")));
        return values;
    }

    private String value(String entry, String key) {
        return cluster.text(staging.web() + "/" + entry, key);
    }

    private List<String> versions(String entry) {
        return cluster.list("secret", VaultNames.namespace(hub.name())).stream()
                .map(GenericKubernetesResource::getMetadata)
                .filter(it -> entry.equals(it.getLabels().get("bulkhead.dev/entry")))
                .map(it -> it.getName())
                .collect(Collectors.toList());
    }
}
