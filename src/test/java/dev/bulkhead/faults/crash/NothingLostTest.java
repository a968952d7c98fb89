package dev.bulkhead.faults.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.secrets.material.Ingredients;
import dev.bulkhead.secrets.material.Mint;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each of what must not be lost can be lost. */
class NothingLostTest {

    private static final SeenSecret FIRST = kept(1, "1", "old");
    private static final SeenSecret SECOND = kept(4, "2", "new");

    @Test
    void aNumberThatStandsForTwoValuesIsFound() {
        assertThat(NothingLost.oneValuePerVersion(List.of(FIRST, gone(FIRST, 5), SECOND)))
                .isEmpty();
        assertThat(NothingLost.oneValuePerVersion(List.of(FIRST, gone(FIRST, 2), kept(3, "1", "another"))))
                .containsExactly("N1: version 1 of pass was 2 different values");
    }

    @Test
    void whatIsPublishedBeforeItIsKeptIsFound() {
        assertThat(NothingLost.readable(List.of(FIRST, published(2, "old", "old"))))
                .isEmpty();
        assertThat(NothingLost.readable(List.of(FIRST, published(3, "new", "old", "new"), SECOND)))
                .containsExactly("N2: value of khub-env-web/pass was published while no version in the vault had it");
    }

    @Test
    void whatIsDiscardedWhileItIsStillPublishedIsFound() {
        var first = published(2, "old", "old");
        var second = published(5, "new", "old", "new");
        assertThat(NothingLost.readable(List.of(FIRST, first, SECOND, second, gone(FIRST, 6))))
                .isEmpty();
        assertThat(NothingLost.readable(List.of(FIRST, first, SECOND, gone(FIRST, 5), published(6, "new", "new"))))
                .hasSize(1);
    }

    @Test
    void whatAUserBroughtIsNotInTheVaultAndNeedNotBe() {
        assertThat(NothingLost.readable(List.of(published(2, "theirs")))).isEmpty();
    }

    @Test
    void aWatchThatSawNothingProvesNothing() {
        assertThat(NothingLost.violations(List.of(FIRST, published(2, "old", "old"))))
                .isEmpty();
        assertThat(NothingLost.violations(List.of())).hasSize(1);
        assertThat(NothingLost.violations(List.of(FIRST))).hasSize(1);
    }

    @Test
    void aValueThatIsUsedAndNotAcceptedIsFound() {
        assertThat(NothingLost.letIn(List.of(published(2, "old", "old", "new"))))
                .isEmpty();
        assertThat(NothingLost.letIn(List.of(published(2, "new", "old"))))
                .containsExactly("N3: value of khub-env-web/pass was not among what is accepted");
    }

    @Test
    void aLeafThatNobodyInTheBundleVouchesForIsFound() {
        var ca = version("name: ca\ntype: CA", 1, Optional.empty(), Optional.empty());
        var stranger = version("name: ca\ntype: CA", 1, Optional.empty(), Optional.empty());
        var next = version("name: ca\ntype: CA", 2, Optional.empty(), Optional.of(ca));
        var leaf = "name: leaf\ntype: TLS\ntls: {issuer: ca, dnsNames: [server]}";
        var old = version(leaf, 1, Optional.of(ca), Optional.empty());
        var bridged = version(leaf, 2, Optional.of(next), Optional.empty());

        assertThat(NothingLost.letIn(List.of(certified(old, ca), certified(bridged, next))))
                .isEmpty();
        assertThat(NothingLost.letIn(List.of(certified(bridged, ca))))
                .as("by the bridge in its chain")
                .isEmpty();
        assertThat(NothingLost.letIn(List.of(certified(old, stranger))))
                .containsExactly("N3: no certificate of ca.crt of khub-env-web/leaf vouches for its tls.crt");
    }

    @Test
    void theValuesAreWhatMayBeInNoText() {
        assertThat(NothingLost.values(List.of(FIRST, SECOND, published(5, "new", "new"))))
                .containsExactly("new", "old");
    }

    private static Map<String, byte[]> version(
            String entry, int version, Optional<Map<String, byte[]>> issuer, Optional<Map<String, byte[]>> before) {
        var with = new Ingredients(
                Instant.now(),
                version,
                new SecureRandom(),
                issuer.map(it -> new Ingredients.Issuer(version, it)),
                before);
        return new Mint()
                .make(Serialization.unmarshal(entry, SecretEntry.class), with)
                .data();
    }

    private static SeenSecret certified(Map<String, byte[]> leaf, Map<String, byte[]> ca) {
        var encoder = Base64.getEncoder();
        return new SeenSecret(
                2,
                false,
                "khub-env-web",
                "leaf",
                "",
                "",
                Map.of(
                        "tls.crt", encoder.encodeToString(leaf.get("tls.crt")),
                        "ca.crt", encoder.encodeToString(ca.get("tls.crt"))));
    }

    private static SeenSecret kept(long at, String version, String value) {
        return new SeenSecret(
                at, false, "bulkhead-vault-khub", "env.pass.v" + version, "pass", version, data(value, List.of(value)));
    }

    private static SeenSecret gone(SeenSecret of, long at) {
        return new SeenSecret(at, true, of.namespace(), of.name(), of.entry(), of.version(), of.data());
    }

    private static SeenSecret published(long at, String value, String... accepted) {
        return new SeenSecret(at, false, "khub-env-web", "pass", "", "", data(value, List.of(accepted)));
    }

    private static Map<String, String> data(String value, List<String> accepted) {
        var data = new TreeMap<String, String>();
        data.put("value", base64(value));
        if (!accepted.isEmpty()) {
            data.put("accepted", base64(String.join("\n", accepted) + "\n"));
        }
        return data;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
