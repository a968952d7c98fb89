package dev.bulkhead.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.SecretReader.SecretMissing;
import dev.bulkhead.cluster.OperatorAccount;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import dev.bulkhead.leadership.WriteDeadline;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.report.Lines;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Outdated;
import dev.bulkhead.secrets.vault.Vault;
import dev.bulkhead.secrets.vault.VaultNames;
import dev.bulkhead.secrets.vault.VaultRefused;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in a vault is there once and for all, whoever dies between two writes, and whoever else believes to lead. */
@BulkheadTest
class VaultIT {

    private static final String HUB = "hub-1";
    private static final String FIRST = "aaaaaaaa00000001";
    private static final String SECOND = "bbbbbbbb00000002";
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final TestCluster cluster;
    private EnvironmentId staging;
    private Vault vault;

    VaultIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void aVault(TestNamespace hub) {
        staging = new EnvironmentId(hub.name(), "staging");
        vault = another();
    }

    @Test
    void whatWasNeverOpenedIsEmptyAndLeavesNoTrace() {
        assertThat(vault.open(staging).journal()).isEqualTo(Journal.empty(staging));
        assertThat(vault.open(staging).versions()).isEmpty();
        assertThat(cluster.find("namespace", namespace())).isEmpty();
    }

    @Test
    void aVersionIsMadeOnceWhoeverMakesItAgain() {
        vault.store(journal(line(1)));
        var made = put(vault, 1, FIRST, "first");

        var afterACrash = another();
        assertThat(put(afterACrash, 1, FIRST, "other bytes")).isEqualTo(made);
        assertThat(put(vault, 1, FIRST, "other bytes")).isEqualTo(made);

        assertThat(value(afterACrash, 1)).isEqualTo("first");
        assertThat(afterACrash.open(staging).of("db")).containsOnlyKeys(1).containsValue(made);
        assertThat(made.notAfter()).isEqualTo(THEN);
        assertThat(made.recipe()).isEqualTo("recipe");
        assertThatThrownBy(() -> cluster.patch(
                        "secret", namespace() + "/" + made.secret(), "{\"data\":{\"value\":\"bWFsbG9yeQ==\"}}"))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("immutable");
    }

    /** Its answer was lost, and another process looks at the vault before it is sent again. */
    @Test
    void aVersionThatIsThereUnknownToTheWriterIsTakenUp() {
        vault.open(staging);
        var made = put(another(), 1, FIRST, "first");

        assertThat(put(vault, 1, FIRST, "other bytes")).isEqualTo(made);
        assertThat(value(vault, 1)).isEqualTo("first");
    }

    @Test
    void anOrdinalNeverMeansTwoByteStrings() {
        put(vault, 1, FIRST, "first");

        assertThatThrownBy(() -> put(another(), 1, SECOND, "second"))
                .isInstanceOf(Outdated.class)
                .hasMessageContaining("Version 1 of " + staging + "/db is there already, of rotation " + FIRST);
        assertThat(value(another(), 1)).isEqualTo("first");
    }

    @Test
    void theBytesAreWipedWhenTheyAreKept() {
        var bytes = "canary".getBytes(UTF_8);
        vault.put(staging, "db", 1, FIRST, "", () -> new Minted(Map.of("value", bytes), null, null, 0));

        assertThat(bytes).containsOnly(0);
        assertThat(vault.open(staging).toString()).doesNotContain("canary");
    }

    @Test
    void ofTwoWritersOneIsToldThatItIsOutdated() {
        var before = vault.store(journal(line(1)));
        var other = another();
        assertThat(other.open(staging).journal()).isEqualTo(before);

        var after = other.store(before.withLines(lines(line(2))));

        assertThatThrownBy(() -> vault.store(before.withLines(lines(line(3))))).isInstanceOf(Outdated.class);
        assertThat(vault.open(staging).journal()).isEqualTo(after);
        assertThatThrownBy(() -> vault.store(journal(line(3)))).isInstanceOf(Outdated.class);
    }

    @Test
    void aJournalWhoseAnswerWasLostIsStoredAllTheSame() {
        var before = vault.store(journal(line(1)));
        var next = before.withLines(lines(line(2)));
        var stored = another().store(next);

        assertThat(vault.store(next)).isEqualTo(stored);
        assertThat(another().store(journal(line(2))).lines()).isEqualTo(stored.lines());
    }

    @Test
    void aJournalThatIsGoneIsNotMadeFromMemory() {
        var before = vault.store(journal(line(1)));
        put(vault, 1, FIRST, "first");
        cluster.delete("configmap", namespace(), VaultNames.journal(staging));

        assertThatThrownBy(() -> vault.store(before.withLines(lines(line(2))))).isInstanceOf(Outdated.class);
        assertThat(vault.open(staging).journal()).isEqualTo(Journal.empty(staging));
        assertThat(vault.open(staging).of("db")).containsOnlyKeys(1);
    }

    @Test
    void whatIsDiscardedIsGoneAndAskedForTwiceStaysGone() {
        put(vault, 1, FIRST, "first");
        put(vault, 2, SECOND, "second");
        var other = another();
        other.open(staging);

        vault.discard(staging, "db", 1);
        other.discard(staging, "db", 1);

        assertThat(another().open(staging).of("db")).containsOnlyKeys(2);
        assertThatThrownBy(() -> vault.read(staging, "db", 1))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("Version 1 of secret db of environment " + staging);
    }

    @Test
    void anEnvironmentIsRemovedAndItsNeighbourStays() {
        var production = new EnvironmentId(staging.namespace(), "production");
        vault.store(journal(line(1)));
        put(vault, 1, FIRST, "first");
        vault.put(production, "db", 1, FIRST, "", () -> minted("production"));
        vault.store(new Journal(production, lines(line(1)), new TreeMap<>(), ""));

        vault.remove(staging);
        vault.remove(staging);

        assertThat(vault.open(staging).versions()).isEmpty();
        assertThat(vault.open(staging).journal().lines()).isEmpty();
        assertThat(vault.read(production, "db", 1)).containsEntry("value", "production".getBytes(UTF_8));
        assertThat(another().open(production).journal().lines()).containsKey("db");
    }

    @Test
    void theLongestNamesAreTaken() {
        var longest = new EnvironmentId(staging.namespace(), "e".repeat(63));
        vault.store(new Journal(longest, new TreeMap<>(Map.of("x".repeat(63), line(1))), new TreeMap<>(), ""));
        vault.put(longest, "x".repeat(63), 1, FIRST, "", () -> minted("long"));

        assertThat(another().open(longest).of("x".repeat(63))).containsOnlyKeys(1);
    }

    @Test
    void aNamespaceOfThatNameThatIsSomebodyElsesIsLeftAlone() {
        cluster.applyYaml("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(namespace()));

        assertThatThrownBy(() -> put(vault, 1, FIRST, "first"))
                .isInstanceOf(VaultRefused.class)
                .hasMessageContaining("Namespace " + namespace() + " has the name of a vault");
        assertThat(cluster.list("secret", namespace())).isEmpty();
    }

    /** As the process's own client is built. */
    @Test
    void whoDoesNotLeadWritesNothing() {
        vault.store(journal(line(1)));
        put(vault, 1, FIRST, "first");
        var leads = new AtomicBoolean(true);
        try (var client = client(leads)) {
            var lapsed = new Vault(client, HUB, OperatorAccount.NONE);
            var journal = lapsed.open(staging).journal();
            leads.set(false);

            assertThatThrownBy(() -> put(lapsed, 2, SECOND, "second")).hasMessageContaining("doesn't lead");
            assertThatThrownBy(() -> lapsed.store(journal.withLines(lines(line(2)))))
                    .hasMessageContaining("doesn't lead");
            assertThatThrownBy(() -> lapsed.discard(staging, "db", 1)).hasMessageContaining("doesn't lead");
            assertThatThrownBy(() -> lapsed.remove(staging)).hasMessageContaining("doesn't lead");
        }
        assertThat(another().open(staging).of("db")).containsOnlyKeys(1);
        assertThat(another().open(staging).journal().lines()).isEqualTo(lines(line(1)));
    }

    private KubernetesClient client(AtomicBoolean leads) {
        return new KubernetesClientBuilder()
                .withConfig(cluster.client().getConfiguration())
                .withHttpClientBuilderConsumer(http -> WriteDeadline.install(http, leads::get))
                .build();
    }

    private String namespace() {
        return VaultNames.namespace(staging.namespace());
    }

    private Vault another() {
        return new Vault(cluster.client(), HUB, OperatorAccount.NONE);
    }

    private VersionFacts put(Vault into, int version, String rotationId, String value) {
        return into.put(staging, "db", version, rotationId, "recipe", () -> minted(value));
    }

    private static Minted minted(String value) {
        return new Minted(Map.of("value", value.getBytes(UTF_8)), null, THEN, 0);
    }

    private String value(Vault from, int version) {
        return new String(from.read(staging, "db", version).get("value"), UTF_8);
    }

    private Journal journal(Line line) {
        return Journal.empty(staging).withLines(lines(line));
    }

    private static TreeMap<String, Line> lines(Line line) {
        return new TreeMap<>(Map.of("db", line));
    }

    private static Line line(int current) {
        return Lines.stable().current(current).line();
    }
}
