package dev.bulkhead.cluster.kubeconfig;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A CA for tests, that signs for whom it is asked to. */
public final class TestAuthority {

    private final AtomicLong serial = new AtomicLong(1);
    private final X500Name name;
    private final KeyPair keys = newKeys();
    private final String certificate;

    /** A certificate and its key, as PEM. */
    public record Identity(String certificate, String key) {}

    public TestAuthority(String name) {
        this.name = new X500Name("CN=" + name);
        this.certificate = sign(this.name, keys, true, new GeneralNames(new GeneralName[0]));
    }

    /** Its own certificate as PEM. */
    public String certificate() {
        return certificate;
    }

    /** For a server that is called by this name. */
    public Identity server(String host) {
        return identity(host, new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    }

    /** For a server that is called by this address. */
    public Identity serverAt(String address) {
        return identity(address, new GeneralNames(new GeneralName(GeneralName.iPAddress, address)));
    }

    public Identity client(String user) {
        return identity(user, new GeneralNames(new GeneralName[0]));
    }

    private Identity identity(String subject, GeneralNames names) {
        var own = newKeys();
        return new Identity(sign(new X500Name("CN=" + subject), own, false, names), pem(pkcs8(own.getPrivate())));
    }

    private String sign(X500Name subject, KeyPair subjectKeys, boolean authority, GeneralNames names) {
        try {
            var now = Instant.now();
            var builder = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(serial.getAndIncrement()),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(Duration.ofDays(1))),
                            subject,
                            subjectKeys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (names.getNames().length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            return pem(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object pkcs8(PrivateKey key) {
        try {
            return new JcaPKCS8Generator(key, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code openssl ecparam -genkey} writes it: with the curve inside. */
    static String ecPem(KeyPair keys) {
        try {
            var key = new org.bouncycastle.asn1.sec.ECPrivateKey(
                    256, ((ECPrivateKey) keys.getPrivate()).getS(), SECObjectIdentifiers.secp256r1);
            return pem(new PemObject("EC PRIVATE KEY", key.getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String pem(Object what) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
