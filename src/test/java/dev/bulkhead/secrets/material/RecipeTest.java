package dev.bulkhead.secrets.material;

import static dev.bulkhead.secrets.material.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

    private static final String CERTIFICATE = "{name: a, type: TLS, tls: {issuer: ca, dnsNames: [a], %s}}";

    /** What is published stays when we are upgraded: this may only change on purpose. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: a, type: Password} | 31a04e812f96a478",
                "{name: a, type: UUID} | d794bea3cf30ee2e",
                "{name: a, type: TLS, tls: {issuer: ca, dnsNames: [a]}} | c5e394e43f93fa1a",
            })
    void anUpgradeRotatesNothing(String yaml, String recipe) {
        assertThat(Recipe.of(entry(yaml))).isEqualTo(recipe);
    }

    @Test
    void whenAndHowItIsRotatedMakesNoOtherValue() {
        assertThat(recipe("{name: a, type: Password, schedule: {every: 1d}, hooks: {verify: {workload: x}},"
                        + " drain: {atLeast: 2h}, template: {url: 'x{{ value }}'}}"))
                .isEqualTo(recipe("{name: a, type: Password}"));
        assertThat(recipe(CERTIFICATE.formatted("renewAt: 50%")))
                .isEqualTo(recipe(CERTIFICATE.formatted("renewAt: 60%")));
    }

    @Test
    void theSettingsThatTheSchemaFillsInAreTheSameAsNone() {
        assertThat(recipe("{name: a, type: Password, password: {length: 32}}"))
                .isEqualTo(recipe("{name: a, type: Password}"));
        assertThat(recipe("{name: a, type: SSHKey, sshKey: {algorithm: RSA, bits: 3072}}"))
                .isEqualTo(recipe("{name: a, type: SSHKey, sshKey: {algorithm: RSA}}"));
    }

    @Test
    void whateverChangesTheValueChangesTheRecipe() {
        assertThat(new String[] {
                    recipe("{name: a, type: Password}"),
                    recipe("{name: a, type: Password, password: {length: 33}}"),
                    recipe("{name: a, type: Password, password: {alphabet: abcdefghijklmnopqrstuvwxyz}}"),
                    recipe("{name: a, type: Password, users: [a, b]}"),
                    recipe("{name: a, type: Password, users: [b, a]}"),
                    recipe("{name: a, type: Token}"),
                    recipe("{name: a, type: Token, token: {encoding: Hex}}"),
                    recipe("{name: a, type: SSHKey}"),
                    recipe("{name: a, type: SSHKey, sshKey: {comment: b}}"),
                    recipe("{name: a, type: KeyPair}"),
                    recipe("{name: a, type: KeyPair, keyPair: {algorithm: EdDSA}}"),
                    recipe("{name: a, type: BasicAuth, basicAuth: {username: a}}"),
                    recipe("{name: a, type: BasicAuth, basicAuth: {username: b}}"),
                    recipe("{name: a, type: CA}"),
                    recipe("{name: a, type: CA, ca: {commonName: b}}"),
                    recipe("{name: a, type: CA, ca: {issuer: b}}"),
                    recipe("{name: a, type: CA, ca: {algorithm: P384}}"),
                    recipe(CERTIFICATE.formatted("commonName: a")),
                    recipe(CERTIFICATE.formatted("commonName: b")),
                    recipe(CERTIFICATE.formatted("ipAddresses: [10.0.0.1]")),
                    recipe(CERTIFICATE.formatted("formats: [PKCS12]")),
                    recipe(CERTIFICATE.formatted("usages: [ServerAuth]")),
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void theModeOfACaIsNoPartOfIt() {
        assertThat(recipe("{name: a, type: CA, ca: {mode: TrustBoth}}")).isEqualTo(recipe("{name: a, type: CA}"));
    }

    private static String recipe(String yaml) {
        return Recipe.of(entry(yaml));
    }
}
