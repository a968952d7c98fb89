package dev.bulkhead.secrets.material;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SshAlgorithm;
import dev.bulkhead.api.v1alpha1.SshKeySettings;
import dev.bulkhead.secrets.pki.KeyMaker;
import dev.bulkhead.secrets.pki.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Keys as OpenSSH writes them. */
final class SshKeys {

    private static final int RSA_BITS = 3072;
    private static final int EC_BITS = 256;

    private SshKeys() {}

    static Minted make(SecretEntry entry, Ingredients with) {
        var settings = Objects.requireNonNull(entry.sshKey());
        var keys = keys(settings, new KeyMaker(with.random()));
        var comment = settings.comment() == null ? entry.name() : settings.comment();
        return Minted.of(Map.of(
                Keys.SSH_PRIVATE, privateKey(settings.algorithm(), keys),
                Keys.SSH_PUBLIC, publicKey(keys, comment)));
    }

    static int bits(SshKeySettings settings) {
        return settings.bits() != null
                ? settings.bits()
                : switch (settings.algorithm()) {
                    case RSA -> RSA_BITS;
                    case ECDSA -> EC_BITS;
                    case Ed25519 -> 0;
                };
    }

    private static KeyPair keys(SshKeySettings settings, KeyMaker maker) {
        return switch (settings.algorithm()) {
            case Ed25519 -> maker.ed25519();
            case ECDSA -> maker.ec(bits(settings));
            case RSA -> maker.rsa(bits(settings));
        };
    }

    /** OpenSSH's own form is written for Ed25519 only; of the others it reads the older ones as well. */
    private static byte[] privateKey(SshAlgorithm algorithm, KeyPair keys) {
        var pkcs8 = keys.getPrivate().getEncoded();
        try {
            var label =
                    switch (algorithm) {
                        case Ed25519 -> "OPENSSH PRIVATE KEY";
                        case ECDSA -> "EC PRIVATE KEY";
                        case RSA -> "RSA PRIVATE KEY";
                    };
            return Pem.of(label, OpenSSHPrivateKeyUtil.encodePrivateKey(PrivateKeyFactory.createKey(pkcs8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static byte[] publicKey(KeyPair keys, String comment) {
        try {
            var blob = OpenSSHPublicKeyUtil.encodePublicKey(
                    PublicKeyFactory.createKey(keys.getPublic().getEncoded()));
            // It begins with its own kind, as a length and a text.
            var kind = new byte[ByteBuffer.wrap(blob).getInt()];
            ByteBuffer.wrap(blob).position(Integer.BYTES).get(kind);
            return "%s %s %s\n"
                    .formatted(
                            new String(kind, StandardCharsets.US_ASCII),
                            Base64.getEncoder().encodeToString(blob),
                            comment)
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
