package dev.bulkhead.secrets.material;

import static dev.bulkhead.secrets.material.Entries.after;
import static dev.bulkhead.secrets.material.Entries.entry;
import static dev.bulkhead.secrets.material.Entries.signed;
import static dev.bulkhead.secrets.material.Entries.text;
import static dev.bulkhead.secrets.material.Entries.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MintTest {

    @Test
    void aPasswordHasTheLengthAndTheLettersThatWereAskedFor() {
        var password = text(version("{name: a, type: Password, password: {length: 200, alphabet: 'abc-'}}"), "value");

        assertThat(password).hasSize(200).matches("[abc-]+").contains("a", "b", "c", "-");
    }

    @Test
    void noTwoVersionsAreEqual() {
        var entry = entry("{name: a, type: Password}");

        assertThat(IntStream.rangeClosed(1, 50).mapToObj(it -> text(version(entry, it), "value")))
                .doesNotHaveDuplicates()
                .allMatch(it -> it.matches("[A-Za-z0-9]{32}"));
    }

    @Test
    void twoUsersTakeTurns() {
        var entry = entry("{name: db, type: Password, users: [app_a, app_b]}");

        assertThat(IntStream.rangeClosed(1, 4).mapToObj(it -> text(version(entry, it), "username")))
                .containsExactly("app_a", "app_b", "app_a", "app_b");
    }

    @Test
    void aTokenIsWrittenAsItWasAskedFor() {
        var plain = text(version("{name: a, type: Token}"), "value");
        var padded = text(version("{name: a, type: Token, token: {bytes: 16, encoding: Base64}}"), "value");
        var hex = text(version("{name: a, type: Token, token: {bytes: 48, encoding: Hex}}"), "value");

        assertThat(Base64.getUrlDecoder().decode(plain)).hasSize(32);
        assertThat(plain).doesNotContain("=");
        assertThat(Base64.getDecoder().decode(padded)).hasSize(16);
        assertThat(padded).endsWith("==");
        assertThat(HexFormat.of().parseHex(hex)).hasSize(48);
    }

    @Test
    void aUuidIsARandomOne() {
        assertThat(UUID.fromString(text(version("{name: a, type: UUID}"), "value")))
                .matches(it -> it.version() == 4 && it.variant() == 2);
    }

    @Test
    void anHmacKeyHasAsManyBytesAsWereAskedFor() {
        assertThat(Base64.getDecoder().decode(text(version("{name: a, type: HMACKey, hmacKey: {bytes: 64}}"), "value")))
                .hasSize(64);
    }

    @Test
    void theLineOfABasicAuthFitsItsPasswordAndNoOther() {
        var version = version("{name: a, type: BasicAuth, basicAuth: {username: admin, cost: 10}}");

        var line = text(version, "auth");
        assertThat(line).startsWith("admin:$2y$10$").doesNotContain("\n");
        var hash = line.substring("admin:".length());
        assertThat(OpenBSDBCrypt.checkPassword(hash, text(version, "password").toCharArray()))
                .isTrue();
        assertThat(OpenBSDBCrypt.checkPassword(hash, "another".toCharArray())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: a, type: Password}",
                "{name: a, type: Password, users: [app_a, app_b]}",
                "{name: a, type: Token}",
                "{name: a, type: UUID}",
                "{name: a, type: HMACKey}",
                "{name: a, type: SSHKey}",
                "{name: a, type: KeyPair}",
                "{name: a, type: BasicAuth, basicAuth: {username: admin, cost: 10}}",
                "{name: a, type: BasicAuth, basicAuth: {cost: 10}, users: [a, b]}",
            })
    void everyKeyThatIsPromisedIsMadeOrPutTogetherOfWhatIs(String yaml) {
        var entry = entry(yaml);
        var made = version(entry, 1).data().keySet();

        assertThat(Keys.of(entry)).allSatisfy((key, role) -> {
            var needed = role == KeyRole.ACCEPT ? Keys.partOf(key) : key;
            assertThat(made).contains(needed);
        });
        assertThat(Keys.of(entry).keySet()).containsAll(made);
    }

    @Test
    void everyKeyOfACertificateIsMade() {
        var ca = version("{name: ca, type: CA}");
        var leaf = entry("{name: web, type: TLS, tls: {issuer: ca, dnsNames: [web], formats: [CombinedPEM, PKCS12]}}");

        var made = signed(leaf, ca);

        var promised = Keys.of(leaf);
        promised.forEach((key, role) ->
                assertThat(role == KeyRole.USE).isEqualTo(made.data().containsKey(key)));
        assertThat(made.issuer()).isEqualTo(7);
        assertThat(ca.data().keySet())
                .isSubsetOf(Keys.of(entry("{name: ca, type: CA}")).keySet());
    }

    /** It would end before it begins. */
    @Test
    void aCaThatHasEndedVouchesForNobody() {
        var ca = entry("{name: ca, type: CA, ca: {validity: 10d}}");
        var before = version(ca, 1);

        assertThat(after(ca, 2, before).data()).containsKey("bridge.crt");
        assertThat(after(ca, 2, before, Entries.NOW.plus(Duration.ofDays(10))).data())
                .containsOnlyKeys("tls.crt", "tls.key");
    }

    @Test
    void aTemplateIsOneMoreKey() {
        var entry = entry("{name: a, type: Token, template: {header: 'Bearer {{ value }}'}}");

        assertThat(Keys.of(entry)).containsEntry("header", KeyRole.USE);
        assertThat(Keys.published(entry)).containsExactly("accepted", "header", "value", "value.previous");
    }

    @Test
    void whatIsHeldIsNotPublished() {
        assertThat(Keys.published(entry("{name: ca, type: CA}"))).containsExactly("ca.crt");
        assertThat(Keys.published(entry("{name: a, type: KeyPair}")))
                .containsExactly("jwks.json", "kid", "private.pem", "public.pem");
    }

    @Test
    void aCertificateWithoutItsCaIsNotMade() {
        var leaf = entry("{name: web, type: TLS, tls: {issuer: ca, dnsNames: [web]}}");

        assertThatThrownBy(() -> version(leaf, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("web: there is no version of its CA to sign it yet");
    }

    @Test
    void whatComesFromElsewhereIsNotMade() {
        assertThatThrownBy(() -> version("{name: a, type: Static, from: {secretRef: {name: s, key: k}}}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVersionDoesNotShowItsBytesAndForgetsThem() {
        var version = version("{name: a, type: Password}");
        var password = text(version, "value");

        assertThat(version.toString()).doesNotContain(password).contains("value");
        version.wipe();
        assertThat(version.data().get("value")).containsOnly((byte) 0);
        assertThat(text(version, "value").getBytes(StandardCharsets.UTF_8)).hasSize(32);
    }
}
