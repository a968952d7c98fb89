package dev.bulkhead.secrets.material;

import static dev.bulkhead.secrets.material.Entries.after;
import static dev.bulkhead.secrets.material.Entries.entry;
import static dev.bulkhead.secrets.material.Entries.signed;
import static dev.bulkhead.secrets.material.Entries.text;
import static dev.bulkhead.secrets.material.Entries.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bulkhead.kube.Commands;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made here, in the hands of those who will read it: openssl, ssh-keygen, keytool and the JDK's own TLS. */
class InteropTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String LEAF =
            "{name: web, type: TLS, tls: {issuer: ca, dnsNames: [web.example.com], ipAddresses: [10.0.0.1],"
                    + " formats: [CombinedPEM, PKCS12]%s}}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "algorithm: RSA, bits: 2048",
                "algorithm: ECDSA",
                "algorithm: ECDSA, bits: 384",
                "algorithm: ECDSA, bits: 521"
            })
    void sshKeygenFindsThePublicKeyInThePrivateOne(String settings) {
        var key = version("{name: deploy, type: SSHKey, sshKey: {%s}}".formatted(settings));
        var file = file("id", key, "ssh-privatekey");

        var found = run("ssh-keygen", "-y", "-f", file);

        var published = text(key, "ssh-publickey");
        assertThat(published)
                .endsWith(" deploy\n")
                .startsWith(String.join(" ", Arrays.copyOf(found.strip().split(" "), 2)));
        assertThat(run("ssh-keygen", "-l", "-f", file("id.pub", key, "ssh-publickey")))
                .contains("deploy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "RS256", "EdDSA"})
    void opensslReadsTheKeysOfTokensAndFindsThatTheyBelongTogether(String algorithm) {
        var keys = version("{name: a, type: KeyPair, keyPair: {algorithm: %s}}".formatted(algorithm));

        assertThat(run("openssl", "pkey", "-pubout", "-in", file("private.pem", keys, "private.pem")))
                .isEqualTo(text(keys, "public.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384", "RSA3072", "Ed25519"})
    void opensslFindsTheLeafsKeyAndNamesWhateverTheAlgorithm(String algorithm) {
        var ca = version("{name: ca, type: CA, ca: {algorithm: %s}}".formatted(algorithm));
        var leaf = signed(entry(LEAF.formatted(", algorithm: " + algorithm)), ca);
        var certificate = file("tls.crt", leaf, "tls.crt");

        assertThat(run(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-CAfile",
                        file("ca.crt", ca, "tls.crt"),
                        "-purpose",
                        "sslserver",
                        "-verify_hostname",
                        "web.example.com",
                        certificate))
                .endsWith("OK\n");
        assertThat(run("openssl", "pkey", "-pubout", "-in", file("tls.key", leaf, "tls.key")))
                .isEqualTo(run("openssl", "x509", "-pubkey", "-noout", "-in", certificate));
        assertThat(run("openssl", "x509", "-noout", "-checkip", "10.0.0.1", "-in", certificate))
                .contains("does match");
    }

    @Test
    void anyKeytoolAndAnyOpensslOpenTheKeystore() {
        var leaf = signed(entry(LEAF.formatted("")), version("{name: ca, type: CA}"));
        var store = file("keystore.p12", leaf, "keystore.p12");
        var word = file("word", leaf, "keystore.password");

        assertThat(run(keytool(), "-list", "-storetype", "PKCS12", "-keystore", store, "-storepass:file", word))
                .contains("web, ", "PrivateKeyEntry");
        assertThat(run("openssl", "pkcs12", "-in", store, "-passin", "file:" + word, "-nodes"))
                .contains("BEGIN PRIVATE KEY", "BEGIN CERTIFICATE");
        assertThatThrownBy(() -> run("openssl", "pkcs12", "-in", store, "-passin", "pass:wrong", "-nodes"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theCombinedFileIsTheCertificateAndThenTheKey() {
        var leaf = signed(entry(LEAF.formatted("")), version("{name: ca, type: CA}"));

        assertThat(text(leaf, "tls-combined.pem")).isEqualTo(text(leaf, "tls.crt") + text(leaf, "tls.key"));
    }

    /** In the order of a rotation: whoever has the old bundle, both, or at last the new one meets no leaf that it refuses. */
    @ParameterizedTest
    @ValueSource(strings = {"P256", "Ed25519"})
    void aCaThatIsCrossSignedIsGoodToAllWhoMeetIt(String algorithm) {
        var entry = entry("{name: ca, type: CA, ca: {algorithm: %s}}".formatted(algorithm));
        var old = version(entry, 1);
        var young = after(entry, 2, old);
        var ofOld = signed(entry(LEAF.formatted("")), old);
        var ofYoung = signed(entry(LEAF.formatted("")), young);
        var knowsOld = text(old, "tls.crt");
        var knowsYoung = text(young, "tls.crt");
        var knowsBoth = knowsOld + knowsYoung;

        for (var bundle : List.of(knowsOld, knowsBoth)) {
            assertThat(openssl(ofOld, bundle)).endsWith("OK\n");
            assertThatCode(() -> jdk(ofOld, bundle)).doesNotThrowAnyException();
        }
        for (var bundle : List.of(knowsOld, knowsBoth, knowsYoung)) {
            assertThat(openssl(ofYoung, bundle)).endsWith("OK\n");
            assertThatCode(() -> jdk(ofYoung, bundle)).doesNotThrowAnyException();
        }
        // Nobody vouches for the old one once it is let go: its key may be why it was replaced.
        assertThatThrownBy(() -> jdk(ofOld, knowsYoung)).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> openssl(ofOld, knowsYoung)).hasMessageContaining("verification failed");
    }

    @Test
    void aCaBelowAnotherIsGoodToWhoKnowsTheTop() {
        var top = entry("{name: top, type: CA}");
        var old = version(top, 1);
        var young = after(top, 2, old);
        var below = signed(entry("{name: ca, type: CA, ca: {issuer: top}}"), young);
        var leaf = signed(entry(LEAF.formatted("")), below);

        for (var bundle : List.of(text(old, "tls.crt"), text(young, "tls.crt"))) {
            assertThat(openssl(leaf, bundle)).endsWith("OK\n");
            assertThatCode(() -> jdk(leaf, bundle)).doesNotThrowAnyException();
        }
    }

    @Test
    void noTwoVersionsOfACaShareANameAndNoLeafOutlivesItsCa() throws Exception {
        var entry = entry("{name: ca, type: CA, ca: {validity: 10d, commonName: Shop}}");
        var old = version(entry, 1);
        var young = after(entry, 2, old);
        var leaf = signed(entry(LEAF.formatted("")), young);

        assertThat(Stream.of(old, young)
                        .map(it -> certificates(text(it, "tls.crt")).getFirst())
                        .map(it -> it.getSubjectX500Principal().getName()))
                .containsExactly("CN=Shop v1", "CN=Shop v2");
        var certificate = certificates(text(leaf, "tls.crt")).getFirst();
        assertThat(certificate.getNotAfter().toInstant())
                .isEqualTo(young.notAfter())
                .isEqualTo(leaf.notAfter());
        assertThat(certificate.getNotBefore().toInstant())
                .isBetween(Entries.NOW.minusSeconds(301), Entries.NOW.minusSeconds(300));
        assertThat(certificate.getSerialNumber().bitLength()).isEqualTo(128);
    }

    @Test
    void aCaThatEndedSignsNothing() {
        var ended = version("{name: ca, type: CA, ca: {validity: 1s}}");
        var leaf = entry(LEAF.formatted(""));
        var later = new Ingredients(
                Entries.NOW.plusSeconds(5),
                1,
                new SecureRandom(),
                Optional.of(new Ingredients.Issuer(1, ended.data())),
                Optional.empty());

        assertThatThrownBy(() -> new Mint().make(leaf, later)).hasMessageContaining("rotate it first");
    }

    private String openssl(Minted leaf, String bundle) {
        var chain = file("chain", leaf, "tls.crt");
        return run("openssl", "verify", "-CAfile", file("bundle", bundle), "-untrusted", chain, chain);
    }

    private static void jdk(Minted leaf, String bundle) throws GeneralSecurityException, IOException {
        var known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        for (var certificate : certificates(bundle)) {
            known.setCertificateEntry(certificate.getSerialNumber().toString(), certificate);
        }
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(known);
        ((X509TrustManager) factory.getTrustManagers()[0])
                .checkServerTrusted(certificates(text(leaf, "tls.crt")).toArray(X509Certificate[]::new), "ECDHE_ECDSA");
    }

    private static List<X509Certificate> certificates(String pem) {
        try {
            return new ArrayList<>(CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
                    .stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String keytool() {
        return Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    }

    private static String run(String... command) {
        assumeTrue(
                command[0].startsWith("/")
                        || Stream.of(System.getenv("PATH").split(":"))
                                .anyMatch(it -> Files.isExecutable(Path.of(it, command[0]))),
                () -> "skipped: this machine has no " + command[0]);
        return Commands.run(List.of(command), LIMIT);
    }

    private String file(String name, Minted version, String key) {
        try {
            var file = Files.write(folder.resolve(name), version.data().get(key));
            // ssh-keygen reads no key that others may read.
            file.toFile().setReadable(false, false);
            file.toFile().setReadable(true, true);
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
