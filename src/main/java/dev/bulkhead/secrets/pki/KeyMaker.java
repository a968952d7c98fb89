package dev.bulkhead.secrets.pki;

import dev.bulkhead.api.v1alpha1.CertificateAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;

/** New pairs of keys. The JDK writes private keys in the short form of PKCS#8, which every tool reads. */
public record KeyMaker(SecureRandom random) {

    public KeyPair pair(CertificateAlgorithm algorithm) {
        return switch (algorithm) {
            case P256 -> ec(256);
            case P384 -> ec(384);
            case RSA3072 -> rsa(3072);
            case RSA4096 -> rsa(4096);
            case Ed25519 -> ed25519();
        };
    }

    /** @param bits of the NIST curve: 256, 384 or 521 */
    public KeyPair ec(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp%dr1".formatted(bits)), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no curve of %d bits".formatted(bits), e);
        }
    }

    public KeyPair rsa(int bits) {
        return sized("RSA", bits);
    }

    public KeyPair ed25519() {
        return sized("Ed25519", 255);
    }

    private KeyPair sized(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java makes no keys of kind " + algorithm, e);
        }
    }
}
