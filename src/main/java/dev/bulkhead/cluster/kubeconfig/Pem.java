package dev.bulkhead.cluster.kubeconfig;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and keys as text. */
final class Pem {

    private static final byte[] PROBE = new byte[32];

    private Pem() {}

    /** The certificates in a text that holds nothing else; empty when it holds anything else, or nothing. */
    static List<X509Certificate> certificates(String text) {
        var certificates = new ArrayList<X509Certificate>();
        try {
            for (var object : objects(text)) {
                if (!(object instanceof X509CertificateHolder holder)) {
                    return List.of();
                }
                certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
            }
            return certificates;
        } catch (GeneralSecurityException | IOException | RuntimeException _) {
            return List.of();
        }
    }

    /** @throws GeneralSecurityException if the text isn't exactly one private key without a passphrase */
    static PrivateKey key(String text) throws GeneralSecurityException {
        try {
            // An EC key may come with its parameters before it.
            var keys = objects(text).stream()
                    .filter(it -> it instanceof PEMKeyPair || it instanceof PrivateKeyInfo)
                    .toList();
            if (keys.size() == 1) {
                return new JcaPEMKeyConverter()
                        .getPrivateKey(
                                keys.getFirst() instanceof PEMKeyPair pair
                                        ? pair.getPrivateKeyInfo()
                                        : (PrivateKeyInfo) keys.getFirst());
            }
        } catch (IOException | RuntimeException _) {
            // Their messages may show what they read.
        }
        throw new GeneralSecurityException("no private key without a passphrase");
    }

    /** Whether what the one signs the other confirms. */
    static boolean belong(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        var algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        var signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(PROBE);
        var checking = Signature.getInstance(algorithm);
        checking.initVerify(certificate.getPublicKey());
        checking.update(PROBE);
        return checking.verify(signing.sign());
    }

    private static List<Object> objects(String text) throws IOException {
        var objects = new ArrayList<Object>();
        try (var parser = new PEMParser(new StringReader(text))) {
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
        }
        return objects;
    }
}
