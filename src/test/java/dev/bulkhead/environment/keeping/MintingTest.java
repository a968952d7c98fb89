package dev.bulkhead.environment.keeping;

import static dev.bulkhead.environment.keeping.Shelves.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.apply.Parallel;
import dev.bulkhead.apply.SameThread;
import dev.bulkhead.cluster.OperatorAccount;
import dev.bulkhead.kube.MockCluster;
import dev.bulkhead.secrets.report.Lines;
import dev.bulkhead.secrets.rotation.Action;
import dev.bulkhead.secrets.rotation.Decision;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.PublishedValues;
import dev.bulkhead.secrets.vault.Vault;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An entry of which no version can be made keeps no other one from being made. */
class MintingTest {

    private static final Entries ENTRIES = Entries.of(List.of(Serialization.unmarshal("""
            apiVersion: bulkhead.dev/v1alpha1
            kind: SecretScope
            metadata: {name: secrets, namespace: shop}
            spec:
              environmentRef: {name: staging}
              entries:
              - {name: ca, type: CA, ca: {validity: 10d}}
              - {name: token, type: Token}
              - {name: copy, type: Static, from: {secretRef: {name: source, key: token}}}
              - {name: web, type: TLS, tls: {issuer: ca, dnsNames: [web], validity: 1d}}
            """, SecretScope.class)));

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));

    private final MockCluster cluster = new MockCluster();
    private final MovableClock clock = new MovableClock();
    private final Vault vault = new Vault(cluster.client(), "hub-1", OperatorAccount.NONE);
    private final Minting minting = new Minting(
            vault,
            new Originals(new PublishedValues(cluster.client()), DIGEST),
            new SecureRandom(),
            new Parallel(new SameThread()),
            clock);
    private final Map<String, String> sources = new TreeMap<>();

    @BeforeEach
    void aCaWithAVersion() {
        vault.store(new Journal(
                STAGING, new TreeMap<>(Map.of("ca", Lines.stable().current(1).line())), new TreeMap<>(), ""));
        assertThat(act(Map.of("ca", 1))).isEmpty();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whatIsSignedByACaThatHasEndedWaitsForTheNextOneOfItAlone() {
        clock.advance(Duration.ofDays(11));

        assertThat(act(Map.of("ca", 2, "token", 1, "web", 1)))
                .containsOnlyKeys("web")
                .hasEntrySatisfying("web", it -> assertThat(it).contains("ended at", "rotate it first"));
        assertThat(vault.open(STAGING).versions()).containsOnlyKeys("ca", "token");
        assertThat(vault.open(STAGING).of("ca")).containsOnlyKeys(1, 2);
    }

    @Test
    void whatIsSignedByAVersionThatIsGoneWaitsToo() {
        cluster.client()
                .secrets()
                .inNamespace("bulkhead-vault-shop")
                .withName(vault.open(STAGING).of("ca").get(1).secret())
                .delete();

        assertThat(act(Map.of("token", 1, "web", 1)))
                .containsOnlyKeys("web")
                .hasEntrySatisfying(
                        "web", it -> assertThat(it).contains("Version 1 of secret ca", "isn't in the vault"));
        assertThat(vault.open(STAGING).versions()).containsOnlyKeys("token");
    }

    @Test
    void aCopyHasTheBytesOfItsSource() {
        source("AAH/Cg==");
        sources.put("copy", DIGEST.of("AAH/Cg=="));

        assertThat(act(Map.of("copy", 1))).isEmpty();

        assertThat(vault.read(STAGING, "copy", 1).get("value")).containsExactly(0, 1, 255, '\n');
        assertThat(vault.open(STAGING).of("copy").get(1).recipe()).isEqualTo(DIGEST.of("AAH/Cg=="));
    }

    @Test
    void aSourceThatIsAnotherByNowIsDecidedOnAgain() {
        source("AAH/Cg==");
        sources.put("copy", DIGEST.of("c2VlbiBlYXJsaWVy"));

        assertThat(act(Map.of("copy", 1)))
                .hasEntrySatisfying("copy", it -> assertThat(it).contains("is being changed"));
        assertThat(vault.open(STAGING).versions()).doesNotContainKey("copy");
    }

    private void source(String token) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName("source")
                        .endMetadata()
                        .addToData("token", token)
                        .build())
                .create();
    }

    private Map<String, String> act(Map<String, Integer> wanted) {
        var decisions = new TreeMap<String, Decision>();
        wanted.forEach((entry, version) -> decisions.put(
                entry, new Decision(line(entry), List.of(new Action.Mint(version, "0123456789abcdef")), null)));
        return minting.act(STAGING, ENTRIES, vault.open(STAGING), decisions, sources);
    }

    private Line line(String entry) {
        return vault.open(STAGING)
                .journal()
                .lines()
                .getOrDefault(entry, Lines.stable().current(0).line());
    }
}
