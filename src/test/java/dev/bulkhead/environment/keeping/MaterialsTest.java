package dev.bulkhead.environment.keeping;

import static dev.bulkhead.environment.keeping.Shelves.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.apply.Entry.Source.Copy;
import dev.bulkhead.environment.Blueprint.PublishedKey;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.vault.VaultNames;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is published changes in the order in which it may be relied upon. */
class MaterialsTest {

    private static final String VAULT = VaultNames.namespace("shop");

    @Test
    void beforeTheFirstVersionNothingIsPublished() {
        assertThat(published(new Shelves().with("api", Phase.Staged, 0, 0, 1))).isEmpty();
    }

    @Test
    void aVersionAtRestIsAllThereIs() {
        var keys = keys("api", new Shelves().with("api", Phase.Stable, 1, 0, 0));

        assertThat(keys).containsOnlyKeys("value", "accepted");
        assertThat(keys.get("value")).isEqualTo(new PublishedKey(copy("api", "value", 1), "1"));
        assertThat(keys.get("accepted")).isEqualTo(new PublishedKey(lines("api", "value", 1), accepts(1)));
    }

    /** The word of its pods is the hash of what they have. Nobody was started with what wasn't there. */
    @Test
    void aCopyThatWasPublishedBeforeThereWereVersionsRestartsNobody() {
        var keys = keys("stripe", new Shelves().asBefore("stripe", "0123abcd"));

        assertThat(keys.get("value")).isEqualTo(new PublishedKey(copy("stripe", "value", 1), "0123abcd"));
        assertThat(keys.get("accepted").word()).isEmpty();
    }

    @Test
    void ofCopiesOnlySingleLinesAreAccepted() {
        var keys = keys("stripe", new Shelves().with("stripe", Phase.Draining, 2, 1, 0));

        assertThat(keys.get("accepted").source())
                .isEqualTo(new Source.SingleLines(List.of(copy("stripe", "value", 1), copy("stripe", "value", 2))));
        assertThat(keys.get("value.previous").source()).isEqualTo(copy("stripe", "value", 1));
    }

    @Test
    void theNextVersionIsAcceptedBeforeAnybodyUsesIt() {
        var keys = keys("api", new Shelves().with("api", Phase.Staged, 1, 0, 2));

        assertThat(keys.get("value").word()).isEqualTo("1");
        assertThat(keys.get("accepted")).isEqualTo(new PublishedKey(lines("api", "value", 1, 2), accepts(1, 2)));
    }

    @Test
    void whatIsStillToBeMadeIsNotAccepted() {
        assertThat(keys("api", new Shelves().with("api", Phase.Due, 1, 0, 2))
                        .get("accepted")
                        .word())
                .isEqualTo(accepts(1));
    }

    @Test
    void whenItIsUsedWhoAcceptsNoticesNothing() {
        var before = keys("api", new Shelves().with("api", Phase.Verified, 1, 0, 2));
        var after = keys("api", new Shelves().with("api", Phase.Published, 2, 1, 0));

        assertThat(after.get("value")).isEqualTo(new PublishedKey(copy("api", "value", 2), "2"));
        assertThat(after.get("value.previous")).isEqualTo(new PublishedKey(copy("api", "value", 1), "2-1"));
        assertThat(after.get("accepted")).isEqualTo(before.get("accepted"));
    }

    @Test
    void whatIsRetiredIsNeitherAcceptedNorThere() {
        assertThat(keys("api", new Shelves().with("api", Phase.Retired, 2, 0, 0)))
                .isEqualTo(Map.of(
                        "value", new PublishedKey(copy("api", "value", 2), "2"),
                        "accepted", new PublishedKey(lines("api", "value", 2), accepts(2))));
    }

    @Test
    void whatIsLostIsNotTakenFromThoseWhoHaveIt() {
        var lost = new Shelves().with("api", Phase.Lost, 2, 1, 0).withoutVersions("api");

        assertThat(keys("api", lost).get("value").word()).isEqualTo("2");
        assertThat(keys("api", lost).get("value").source()).isEqualTo(new Copy(VAULT, "staging.api.v2.lost", "value"));
    }

    @Test
    void ofACaOnlyItsBundleLeavesTheVault() {
        var keys = keys("ca", new Shelves().with("ca", Phase.Staged, 1, 0, 2));

        assertThat(keys).isEqualTo(Map.of("ca.crt", new PublishedKey(lines("ca", "tls.crt", 1, 2), accepts(1, 2))));
    }

    @Test
    void aLeafIsCheckedWithTheBundleOfItsCa() {
        var keys = keys(
                "leaf", new Shelves().with("ca", Phase.Converging, 2, 1, 0).with("leaf", Phase.Stable, 7, 0, 0, 2));

        assertThat(keys).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
        assertThat(keys.get("tls.key")).isEqualTo(new PublishedKey(copy("leaf", "tls.key", 7), "7"));
        assertThat(keys.get("ca.crt")).isEqualTo(new PublishedKey(lines("ca", "tls.crt", 1, 2), accepts(1, 2)));
    }

    /** A CA below another is no end of a chain: openssl looks for the one above it. */
    @Test
    void aLeafBelowSeveralCasIsCheckedWithTheBundleOfTheTop() {
        var shelves = new Shelves()
                .with("ca", Phase.Converging, 2, 1, 0)
                .with("below", Phase.Stable, 4, 0, 0, 2)
                .with("deep", Phase.Stable, 7, 0, 0, 4);

        assertThat(keys("deep", shelves).get("ca.crt"))
                .isEqualTo(keys("below", shelves).get("ca.crt"))
                .isEqualTo(new PublishedKey(lines("ca", "tls.crt", 1, 2), accepts(1, 2)));
    }

    @Test
    void thePointerOfALeafRisesWithItsCas() {
        var before = published(new Shelves().with("ca", Phase.Stable, 1, 0, 0).with("leaf", Phase.Stable, 7, 0, 0, 1));
        var after = published(new Shelves().with("ca", Phase.Staged, 1, 0, 2).with("leaf", Phase.Stable, 7, 0, 0, 1));

        assertThat(after.get("leaf").pointer()).isGreaterThan(before.get("leaf").pointer());
    }

    @Test
    void publicKeysMakeASet() {
        var keys = keys("signer", new Shelves().with("signer", Phase.Draining, 2, 1, 0));

        assertThat(keys.get("jwks.json").source())
                .isEqualTo(new Source.KeySet(List.of(copy("signer", "jwk.json", 1), copy("signer", "jwk.json", 2))));
        assertThat(keys).doesNotContainKeys("jwk.json", "private.pem.previous");
    }

    private static Map<String, PublishedKey> keys(String entry, Shelves shelves) {
        return published(shelves).get(entry).keys();
    }

    private static Map<String, SecretMaterial> published(Shelves shelves) {
        return new Materials(Entries.of(List.of(scope())), shelves.shelf()).all();
    }

    static SecretScope scope() {
        return Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: staging, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  entries:
                  - {name: api, type: Token}
                  - {name: signer, type: KeyPair}
                  - {name: ca, type: CA}
                  - {name: leaf, type: TLS, tls: {issuer: ca, dnsNames: [api]}}
                  - {name: below, type: CA, ca: {issuer: ca}}
                  - {name: deep, type: TLS, tls: {issuer: below, dnsNames: [api]}}
                  - {name: stripe, type: Static, from: {secretRef: {name: stripe, key: token}}}
                """, SecretScope.class);
    }

    private static String accepts(int... versions) {
        return Long.toString(Shelves.accepts(versions));
    }

    private static Copy copy(String entry, String key, int version) {
        return new Copy(VAULT, secret(entry, version), key);
    }

    private static Source lines(String entry, String key, Integer... versions) {
        return new Source.Lines(
                List.of(versions).stream().map(it -> copy(entry, key, it)).toList());
    }
}
