package dev.bulkhead.secrets.pki;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and keys as text, kept as bytes: a text that is a String can't be overwritten. */
public final class Pem {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    public static byte[] privateKey(PrivateKey key) {
        return of("PRIVATE KEY", key);
    }

    public static byte[] publicKey(Key key) {
        return of("PUBLIC KEY", key);
    }

    /**
     * The key of an elliptic curve as SEC 1 writes it, for those who read nothing else.
     *
     * @param text the same key as any PEM
     */
    public static byte[] sec1(byte[] text) {
        if (!(readPrivateKey(text) instanceof ECPrivateKey key)) {
            throw new IllegalArgumentException("not a key of an elliptic curve");
        }
        var curve = PrivateKeyInfo.getInstance(key.getEncoded())
                .getPrivateKeyAlgorithm()
                .getParameters();
        try {
            return of(
                    "EC PRIVATE KEY",
                    new org.bouncycastle.asn1.sec.ECPrivateKey(
                                    key.getParams().getOrder().bitLength(), key.getS(), curve)
                            .getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of several, as PEM again. */
    public static byte[] first(byte[] certificates) {
        return certificates(List.of(readCertificates(certificates).getFirst()));
    }

    /** One behind the other. */
    public static byte[] certificates(List<X509CertificateHolder> certificates) {
        var text = new ByteArrayOutputStream();
        certificates.forEach(it -> text.writeBytes(of("CERTIFICATE", der(it))));
        return text.toByteArray();
    }

    /** Overwrites {@code der}. */
    public static byte[] of(String label, byte[] der) {
        var body = LINES.encode(der);
        var text = new ByteArrayOutputStream(body.length + 2 * label.length() + 40);
        text.writeBytes("-----BEGIN %s-----\n".formatted(label).getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(body);
        text.writeBytes("\n-----END %s-----\n".formatted(label).getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(body, (byte) 0);
        Arrays.fill(der, (byte) 0);
        return text.toByteArray();
    }

    /**
     * As the JDK has them.
     *
     * @throws IllegalArgumentException when there is anything else, or nothing
     */
    public static List<X509Certificate> x509(byte[] text) {
        return readCertificates(text).stream().map(Pem::x509).toList();
    }

    static X509Certificate x509(X509CertificateHolder certificate) {
        try {
            return new JcaX509CertificateConverter().getCertificate(certificate);
        } catch (CertificateException | RuntimeException _) {
            throw new IllegalArgumentException("a certificate that Java can't read");
        }
    }

    /** @throws IllegalArgumentException when there is anything else, or nothing */
    static List<X509CertificateHolder> readCertificates(byte[] text) {
        var certificates = new ArrayList<X509CertificateHolder>();
        for (var object : read(text)) {
            if (!(object instanceof X509CertificateHolder certificate)) {
                throw new IllegalArgumentException("not a list of certificates");
            }
            certificates.add(certificate);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
        return certificates;
    }

    /** @throws IllegalArgumentException when it isn't exactly one, without a passphrase */
    public static PrivateKey readPrivateKey(byte[] text) {
        // An EC key may come with its parameters before it.
        var keys = read(text).stream()
                .filter(it -> it instanceof PEMKeyPair || it instanceof PrivateKeyInfo)
                .toList();
        try {
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
        throw new IllegalArgumentException("not one private key");
    }

    private static List<Object> read(byte[] text) {
        try (var parser =
                new PEMParser(new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.US_ASCII))) {
            var objects = new ArrayList<>();
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
            return objects;
        } catch (IOException | RuntimeException _) {
            throw new IllegalArgumentException("not PEM");
        }
    }

    private static byte[] of(String label, Key key) {
        return of(label, key.getEncoded());
    }

    private static byte[] der(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
