package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import dev.bulkhead.secrets.vault.VaultNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
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
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: staging}
                spec:
                  environmentRef: {name: staging}
                  drain: {atLeast: 1s}
                  entries:
                  - {name: stripe, type: Static, from: {secretRef: {name: token, key: value}}}
                """);
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
                        .watch(each((_, secret) -> published.add(
                                new Published(revision(secret), text(secret, "value"), text(secret, "accepted")))));
                var _ = cluster.client().pods().inNamespace(staging.web()).watch(each((action, pod) -> {
                    if (servers.contains(uid(pod)) && (action == Watcher.Action.DELETED || SharedToken.hasEnded(pod))) {
                        ended.putIfAbsent(uid(pod), revision(pod));
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
        cluster.eventually(() -> assertThat(entry()).containsEntry("phase", "Draining"));
        cluster.patch("secretscope", staging.name(), "{\"spec\":{\"drain\":{\"atLeast\":\"1s\"}}}");

        Operations.create(staging, "back", "action: Rollback", "secrets: {entries: [stripe]}");
        cluster.eventually(() -> assertThat(entry()).containsEntry("phase", "Held"));

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
        cluster.eventually(() -> assertThat(published("value")).isEqualTo(bytes));
        atRest();
        assertThat(published("accepted")).isEmpty();

        source("token", new byte[0]);
        cluster.eventually(() -> assertThat(published("value")).isEmpty());
        atRest();
        assertThat(entry()).containsEntry("version", "3");
    }

    private void atRest() {
        cluster.eventually(() -> assertThat(entry()).containsEntry("phase", "Stable"));
        cluster.awaitReady("secretscope", staging.name());
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
        return new String(published("value"), StandardCharsets.UTF_8);
    }

    private byte[] published(String key) {
        String value = cluster.get("secret", staging.web() + "/stripe").get("data", key);
        return Base64.getDecoder().decode(value);
    }

    private Map<String, Object> entry() {
        List<Map<String, Object>> entries =
                cluster.get("secretscope", staging.name()).get("status", "entries");
        return entries == null ? Map.of() : entries.getFirst();
    }

    private static String text(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().getOrDefault(key, "")), StandardCharsets.UTF_8);
    }

    private static long revision(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    private static <T> Watcher<T> each(BiConsumer<Watcher.Action, T> told) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                told.accept(action, object);
            }

            @Override
            public void onClose(WatcherException cause) {
                // Ended by the server: what was seen so far is still true.
            }
        };
    }
}
