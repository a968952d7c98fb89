package dev.bulkhead.secrets.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** By what certificates are told apart: the SHA-256 of each. It is no secret. */
public final class Fingerprint {

    private Fingerprint() {}

    /**
     * @param certificates one or more, as PEM
     * @throws IllegalArgumentException when that isn't what they are
     */
    public static List<String> of(byte[] certificates) {
        return Pem.readCertificates(certificates).stream().map(Fingerprint::of).toList();
    }

    private static String of(X509CertificateHolder certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK has no SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
