package dev.bulkhead.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.secrets.pki.Authority;
import dev.bulkhead.secrets.pki.Certificates;
import dev.bulkhead.secrets.pki.Fingerprint;
import dev.bulkhead.secrets.pki.KeyMaker;
import dev.bulkhead.secrets.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

/** The anchor that a running mesh has comes in whole, or not at all. */
class AnchorImportTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyPair KEYS = new KeyMaker(RANDOM).ec(256);
    private static final Authority ROOT = root(KEYS);

    private static Authority root(KeyPair keys) {
        return new Certificates(NOW, RANDOM)
                .root(new X500Name("CN=root.linkerd.cluster.local"), keys, Duration.ofDays(10));
    }

    @Test
    void itIsKeptAsItIs() {
        var minted = AnchorImport.of("s", secret(ROOT, Pem.privateKey(KEYS.getPrivate())), NOW);

        assertThat(Fingerprint.of(minted.data().get("tls.crt")))
                .isEqualTo(Fingerprint.of(Pem.certificates(List.of(ROOT.certificate()))));
        assertThat(minted.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(10)));
    }

    @Test
    void itsKeyMayBeWrittenInTheOldWayAndMayBeOfRsaOrEd25519() {
        var rsa = new KeyMaker(RANDOM).rsa(2048);
        var ed25519 = new KeyMaker(RANDOM).ed25519();

        assertThat(AnchorImport.of("s", secret(ROOT, Pem.sec1(Pem.privateKey(KEYS.getPrivate()))), NOW)
                        .data())
                .containsOnlyKeys("tls.crt", "tls.key");
        for (var keys : List.of(rsa, ed25519)) {
            assertThat(AnchorImport.of("s", secret(root(keys), Pem.privateKey(keys.getPrivate())), NOW)
                            .data())
                    .containsOnlyKeys("tls.crt", "tls.key");
        }
    }

    @Test
    void whatCannotSignTheNextOneIsRefusedAndNothingOfItIsShown() {
        var key = Pem.privateKey(KEYS.getPrivate());
        var other = Pem.privateKey(new KeyMaker(RANDOM).ec(256).getPrivate());
        var below = new Certificates(NOW, RANDOM).below(ROOT, new X500Name("CN=below"), KEYS, Duration.ofDays(1));

        refused(secret(ROOT, other), "tls.key isn't the key of tls.crt");
        refused(secret(ROOT, Pem.privateKey(new KeyMaker(RANDOM).rsa(2048).getPrivate())), "isn't the key");
        refused(secret(below, key), "no CA that signs itself");
        refused(secret(ROOT, "no key".getBytes(StandardCharsets.US_ASCII)), "as PEM");
        refused(Map.of("tls.crt", new byte[0]), "lacks tls.crt or tls.key");
        assertThatThrownBy(() -> AnchorImport.of("s", secret(ROOT, key), NOW.plus(Duration.ofDays(11))))
                .hasMessageContaining("ended at 2026-12-02");
    }

    private static void refused(Map<String, byte[]> secret, String why) {
        assertThatThrownBy(() -> AnchorImport.of("bulkhead-system/anchor", secret, NOW))
                .isInstanceOf(MeshRefused.class)
                .hasMessageContaining("Secret bulkhead-system/anchor, which spec.meshIdentity.from names")
                .hasMessageContaining(why)
                .message()
                .doesNotContain("BEGIN", "no key");
    }

    private static Map<String, byte[]> secret(Authority authority, byte[] key) {
        return Map.of("tls.crt", Pem.certificates(List.of(authority.certificate())), "tls.key", key);
    }
}
