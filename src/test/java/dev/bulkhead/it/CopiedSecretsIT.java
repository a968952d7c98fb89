package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import dev.bulkhead.secrets.vault.VaultNames;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watcher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A value that somebody else makes is taken over as a rotation, and not at a stroke. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class CopiedSecretsIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final TestCluster cluster;
    private final OperatorInProcess operator;
    private TestNamespace hub;
    private Audit audit;
    private Staging staging;
    private Scope scope;

    CopiedSecretsIT(TestCluster cluster, OperatorInProcess operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void aClientAndAServerThatShareACopy(TestNamespace hub, Audit audit) {
        this.hub = hub;
        this.audit = audit;
        operator.start();
        staging = Staging.declared(cluster, hub);
        source("token", "first");
        scope = staging.keeps(
                "drain: {atLeast: 1s}",
                "entries: [{name: stripe, type: Static, from: {secretRef: {name: token, key: value}}}]");
        staging.runs("client", "env: [{name: TOKEN, secretRef: {entry: stripe}}]");
        staging.runs("server", "env: [{name: TOKENS, secretRef: {entry: stripe, key: accepted}}]");
        atRest();
    }

    @Test
    void whoAcceptsHasBothBeforeAnybodyUsesTheNewOne() {
        record Published(long revision, String value, String accepted) {}
        var published = new CopyOnWriteArrayList<Published>();
        var ended = new ConcurrentHashMap<String, Long>();
        var servers = staging.podUids("server");
        try (var _ = cluster.client()
                        .secrets()
                        .inNamespace(staging.web())
                        .withName("stripe")
                        .watch(Watches.each((_, secret) -> published.add(new Published(
                                Watches.revision(secret),
                                Watches.text(secret, "value"),
                                Watches.text(secret, "accepted")))));
                var _ = cluster.client().pods().inNamespace(staging.web()).watch(Watches.each((action, pod) -> {
                    if (servers.contains(uid(pod)) && (action == Watcher.Action.DELETED || SharedToken.hasEnded(pod))) {
                        ended.putIfAbsent(uid(pod), Watches.revision(pod));
                    }
                }))) {
            source("token", "second");

            isAt("2");
            atRest();
        }

        assertThat(published)
                .extracting(it -> it.value() + ": " + it.accepted())
                .containsSubsequence(
                        "first: first\n", "first: first\nsecond\n", "second: first\nsecond\n", "second: second\n")
                .doesNotContain("second: first\n", "first: second\n");
        var used = published.stream().filter(it -> it.value().equals("second")).findFirst();
        assertThat(ended.keySet()).isEqualTo(servers);
        assertThat(ended.values()).allMatch(it -> it < used.orElseThrow().revision());
        assertThat(entry())
                .containsEntry("version", "2")
                .containsEntry("cause", "Source")
                .containsEntry("phase", "Stable");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
    }

    @Test
    void whatIsTakenBackStaysBackUntilTheSourceChanges() {
        cluster.patch("secretscope", staging.name(), "{\"spec\":{\"drain\":{\"atLeast\":\"1h\"}}}");
        source("token", "bad");
        scope.awaitPhase("stripe", "Draining");
        cluster.patch("secretscope", staging.name(), "{\"spec\":{\"drain\":{\"atLeast\":\"1s\"}}}");

        Operations.create(staging, "back", "action: Rollback", "secrets: {entries: [stripe]}");
        scope.awaitPhase("stripe", "Held");

        assertThat(value()).isEqualTo("first");
        assertThat(entry().get("message").toString()).contains("was taken back", "Resume");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(value()).isEqualTo("first");

        source("token", "good");
        cluster.eventually(() -> assertThat(value()).isEqualTo("good"));
        atRest();
    }

    /** As an operator leaves it that knows no versions of copies: the same words on the pods, and nothing in the vault. */
    @Test
    void whatWasPublishedBeforeThereWereVersionsIsTakenOverAsItIs() {
        var clients = staging.podUids("client");
        operator.stop();
        var vault = VaultNames.namespace(hub.name());
        cluster.client().configMaps().inNamespace(vault).delete();
        cluster.client().secrets().inNamespace(vault).delete();
        cluster.patch("secret", staging.web() + "/stripe", """
                {"metadata":{"annotations":{"bulkhead.dev/pointer":null,"bulkhead.dev/version":null}},
                 "data":{"accepted":null}}""");
        cluster.kubectl(
                "patch",
                "secretscope",
                "staging",
                "-n",
                hub.name(),
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"entries\":[{\"name\":\"stripe\",\"phase\":\"Published\",\"version\":\"0123abcd\"}]}}");
        operator.start();

        cluster.eventually(() -> assertThat(entry()).containsEntry("version", "1"));
        atRest();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(staging.podUids("client")).isEqualTo(clients);
        assertThat(value()).isEqualTo("first");
    }

    @Test
    void everyByteOfItArrives() {
        // A variable can't have all of them.
        staging.runs("client", "secrets: [{entry: stripe, path: /etc/stripe}]");
        atRest();
        var bytes = new byte[256];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        source("token", bytes);
        isAt("2");
        atRest();
        assertThat(published("value")).isEqualTo(bytes);
        assertThat(published("accepted")).isEmpty();

        source("token", new byte[0]);
        isAt("3");
        atRest();
        assertThat(published("value")).isEmpty();
    }

    private void atRest() {
        scope.awaitPhase("stripe", "Stable");
        scope.awaitReady();
        cluster.awaitReady("workload", staging.workload("client"));
        cluster.awaitReady("workload", staging.workload("server"));
        staging.awaitReady();
    }

    private void isAt(String version) {
        cluster.eventually(() -> assertThat(entry()).containsEntry("version", version));
    }

    private void source(String name, String value) {
        source(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void source(String name, byte[] value) {
        cluster.applyYaml(hub, """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                data: {value: "%s"}
                """.formatted(name, Base64.getEncoder().encodeToString(value)));
    }

    private String value() {
        return cluster.text(staging.web() + "/stripe", "value");
    }

    private byte[] published(String key) {
        return cluster.bytes(staging.web() + "/stripe", key);
    }

    private Map<String, Object> entry() {
        return scope.entry("stripe");
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }
}
