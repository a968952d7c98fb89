package dev.bulkhead.secrets.escrow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Who lacks the passphrase or the key reads nothing of a file, and nobody changes a byte of it unseen. */
class SealedFileTest {

    private static final byte[] PLAIN = "canary, and much more".getBytes(UTF_8);
    private static final PassphraseLock PASSPHRASE = PassphraseLock.of("correct horse battery".toCharArray());
    private final SecureRandom random = new SecureRandom();

    @Test
    void whatIsSealedWithAPassphraseIsOpenedWithIt() {
        var file = sealed(PASSPHRASE);

        assertThat(SealedFile.open(file, PASSPHRASE)).isEqualTo(PLAIN);
        assertThat(new String(file, UTF_8))
                .startsWith("bulkhead-escrow/1\n{\"hub\":\"hub-1\",\"lock\":{\"by\":\"argon2id\",\"memoryKib\":65536")
                .doesNotContain("canary");
    }

    @Test
    void whatIsSealedForAKeyIsOpenedByItsPrivateHalfAlone() throws NoSuchAlgorithmException {
        var pair = pair();
        var file = sealed(KeyLock.of(pem("PUBLIC KEY", pair.getPublic().getEncoded())));

        assertThat(SealedFile.open(file, opening(pair))).isEqualTo(PLAIN);
        assertThatThrownBy(() -> SealedFile.open(file, opening(pair()))).hasMessageContaining("can't be opened");
        assertThatThrownBy(() -> SealedFile.open(file, PASSPHRASE)).hasMessageContaining("sealed for a public key");
        assertThatThrownBy(() -> SealedFile.open(sealed(PASSPHRASE), opening(pair)))
                .hasMessageContaining("sealed with a passphrase");
    }

    @Test
    void twoFilesOfTheSameHaveNothingInCommon() {
        var head = "bulkhead-escrow/1\n".length();

        assertThat(new String(sealed(PASSPHRASE), UTF_8).substring(head))
                .isNotEqualTo(new String(sealed(PASSPHRASE), UTF_8).substring(head));
    }

    @Test
    void anotherPassphraseOpensNothing() {
        assertThatThrownBy(() ->
                        SealedFile.open(sealed(PASSPHRASE), PassphraseLock.of("correct horse battery.".toCharArray())))
                .isInstanceOf(EscrowRefused.class)
                .hasMessageContaining("the passphrase or key is another");
    }

    @Test
    void aPassphraseThatCouldBeFoundByTryingIsRefused() {
        assertThatThrownBy(() -> PassphraseLock.of("thirteen char".toCharArray()))
                .isInstanceOf(EscrowRefused.class)
                .hasMessageContaining("13 characters, and needs at least 14");
    }

    /** Of the key pair's form, since it takes no time to open. */
    @Test
    void noByteOfItCanBeChangedUnseen() throws NoSuchAlgorithmException {
        var pair = pair();
        var file = sealed(KeyLock.of(pem("PUBLIC KEY", pair.getPublic().getEncoded())));
        for (var at = 0; at < file.length; at++) {
            var changed = file.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> SealedFile.open(changed, opening(pair)))
                    .as("byte %d", at)
                    .isInstanceOf(EscrowRefused.class)
                    .message()
                    .doesNotContain("canary");
        }
        for (var length = 0; length < file.length; length++) {
            var cut = java.util.Arrays.copyOf(file, length);
            assertThatThrownBy(() -> SealedFile.open(cut, opening(pair))).isInstanceOf(EscrowRefused.class);
        }
    }

    @Test
    void aHeaderThatAsksForHoursOfWorkIsRefused() {
        for (var greedy : new String[] {
            "\"memoryKib\":65536|\"memoryKib\":99999999",
            "\"iterations\":3|\"iterations\":9999",
            "\"lanes\":4|\"lanes\":-1",
            "\"memoryKib\":65536|\"memoryKib\":0"
        }) {
            var words = greedy.split("[|]");
            var file = new String(sealed(PASSPHRASE), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .replace(words[0], words[1])
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

            assertThatThrownBy(() -> SealedFile.open(file, PASSPHRASE)).hasMessageContaining("more work than any");
        }
    }

    @Test
    void aHeaderThatLacksSomethingIsRefusedAndNoFault() throws NoSuchAlgorithmException {
        var key = opening(pair());
        for (var header : new String[] {
            "null",
            "{}",
            "{\"hub\":\"a\",\"nonce\":\"AAAA\"}",
            "{\"hub\":\"a\",\"lock\":{\"by\":\"argon2id\",\"memoryKib\":65536,\"iterations\":3,\"lanes\":4,\"salt\":\"AAAA\"}}",
            "{\"hub\":\"a\",\"nonce\":\"AAAA\",\"lock\":{\"by\":\"argon2id\",\"memoryKib\":65536,\"iterations\":3,\"lanes\":4}}",
            "{\"hub\":\"a\",\"nonce\":\"AAAA\",\"lock\":{\"by\":\"x25519\",\"recipient\":\"AAAA\"}}",
            "{\"hub\":\"a\",\"nonce\":\"AAAA\",\"lock\":null}",
        }) {
            var file = ("bulkhead-escrow/1\n" + header + "\nsealed").getBytes(UTF_8);

            assertThatThrownBy(() -> SealedFile.open(file, PASSPHRASE))
                    .as(header)
                    .isInstanceOf(EscrowRefused.class);
            assertThatThrownBy(() -> SealedFile.open(file, key)).as(header).isInstanceOf(EscrowRefused.class);
        }
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutShowingIt() throws NoSuchAlgorithmException {
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        for (var pem : new String[] {
            "",
            "canary",
            pem("PRIVATE KEY", "canary".getBytes(UTF_8)),
            pem("PRIVATE KEY", rsa.getPrivate().getEncoded())
        }) {
            assertThatThrownBy(() -> KeyLock.opening(pem))
                    .isInstanceOf(EscrowRefused.class)
                    .message()
                    .doesNotContain("canary");
        }
    }

    private byte[] sealed(Lock lock) {
        return SealedFile.seal(PLAIN, "hub-1", lock, random);
    }

    private static KeyLock opening(KeyPair pair) {
        return KeyLock.opening(pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    private static KeyPair pair() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance("X25519").generateKeyPair();
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder().encodeToString(der), what);
    }
}
