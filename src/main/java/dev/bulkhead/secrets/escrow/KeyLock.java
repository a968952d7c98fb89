package dev.bulkhead.secrets.escrow;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A key pair (X25519), as {@code openssl genpkey -algorithm X25519} makes it. What is sealed for the public half is
 * opened by the private one alone, so who makes the copies need not be able to read them.
 */
public final class KeyLock implements Lock {

    private static final String ALGORITHM = "X25519";
    private static final byte[] PURPOSE = "bulkhead escrow 1".getBytes(StandardCharsets.UTF_8);
    private static final int KEY_BYTES = 32;

    private final Optional<PublicKey> recipient;
    private final Optional<PrivateKey> identity;

    /** @param ephemeral a public key that was made for this file alone; @param recipient the one that it was sealed for */
    record Exchange(String ephemeral, String recipient) implements Words {

        Exchange {
            Objects.requireNonNull(ephemeral, "ephemeral");
            Objects.requireNonNull(recipient, "recipient");
        }
    }

    private KeyLock(Optional<PublicKey> recipient, Optional<PrivateKey> identity) {
        this.recipient = recipient;
        this.identity = identity;
    }

    /** For sealing. */
    public static KeyLock of(String publicKeyPem) {
        try {
            return new KeyLock(
                    Optional.of(factory().generatePublic(new X509EncodedKeySpec(der(publicKeyPem, "PUBLIC KEY")))),
                    Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new EscrowRefused(
                    "the public key is none of X25519 in PEM (openssl pkey -in escrow.key -pubout): " + e.getMessage());
        }
    }

    /** For opening. */
    public static KeyLock opening(String privateKeyPem) {
        try {
            return new KeyLock(
                    Optional.empty(),
                    Optional.of(factory().generatePrivate(new PKCS8EncodedKeySpec(der(privateKeyPem, "PRIVATE KEY")))));
        } catch (GeneralSecurityException _) {
            throw new EscrowRefused(
                    "the private key is none of X25519 in PEM, unencrypted (openssl genpkey -algorithm X25519)");
        }
    }

    private static KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM);
    }

    private static byte[] der(String pem, String what) {
        var begin = "-----BEGIN %s-----".formatted(what);
        var end = "-----END %s-----".formatted(what);
        var from = pem.indexOf(begin);
        var to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw new EscrowRefused("the key file has no %s in PEM".formatted(what));
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException _) {
            throw new EscrowRefused("the %s in the key file is no base64".formatted(what));
        }
    }

    @Override
    public Shut shut(SecureRandom random) throws GeneralSecurityException {
        var to = recipient.orElseThrow(() -> new EscrowRefused("sealing takes the public key"));
        var pairs = KeyPairGenerator.getInstance(ALGORITHM);
        pairs.initialize(255, random);
        var ephemeral = pairs.generateKeyPair();
        var words = new Exchange(text(ephemeral.getPublic()), text(to));
        return new Shut(words, key(ephemeral.getPrivate(), to, words));
    }

    @Override
    public SecretKey open(Words words) throws GeneralSecurityException {
        return switch (words) {
            case Exchange exchange ->
                key(
                        identity.orElseThrow(() -> new EscrowRefused("opening takes the private key")),
                        factory()
                                .generatePublic(new X509EncodedKeySpec(
                                        Base64.getDecoder().decode(exchange.ephemeral()))),
                        exchange);
            case PassphraseLock.Argon _ ->
                throw new EscrowRefused("it was sealed with a passphrase: give that, and no key");
        };
    }

    private static String text(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static SecretKey key(PrivateKey own, PublicKey others, Exchange exchange) throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance(ALGORITHM);
        agreement.init(own);
        agreement.doPhase(others, true);
        return KDF.getInstance("HKDF-SHA256")
                .deriveKey(
                        "AES",
                        HKDFParameterSpec.ofExtract()
                                .addIKM(agreement.generateSecret())
                                .addSalt((exchange.ephemeral() + exchange.recipient()).getBytes(StandardCharsets.UTF_8))
                                .thenExpand(PURPOSE, KEY_BYTES));
    }
}
