package dev.bulkhead.secrets.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates as of one moment. */
public final class Certificates {

    /** A peer's clock may be behind ours. */
    public static final Duration BACKDATED = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 128;

    private final Instant now;
    private final SecureRandom random;

    public Certificates(Instant now, SecureRandom random) {
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.random = random;
    }

    /** A CA at the top. */
    public Authority root(X500Name subject, KeyPair keys, Duration validity) {
        var certificate = sign(
                authority(subject, keys.getPublic(), subject, now.plus(validity)), keys.getPublic(), keys.getPrivate());
        return new Authority(certificate, keys.getPrivate(), List.of());
    }

    /** A CA below another. */
    public Authority below(Authority issuer, X500Name subject, KeyPair keys, Duration validity) {
        var certificate = signBy(
                issuer,
                authority(subject, keys.getPublic(), issuer.certificate().getSubject(), end(issuer, validity)));
        return new Authority(certificate, keys.getPrivate(), chain(certificate, issuer));
    }

    /** One root's key and name, certified by another: who trusts {@code voucher} then trusts {@code vouched}, too. */
    public X509CertificateHolder cross(Authority voucher, X509CertificateHolder vouched) {
        var end = vouched.getNotAfter().toInstant();
        var limit = voucher.certificate().getNotAfter().toInstant();
        return signBy(
                voucher,
                authority(
                        vouched.getSubject(),
                        vouched.getSubjectPublicKeyInfo(),
                        voucher.certificate().getSubject(),
                        end.isBefore(limit) ? end : limit));
    }

    /** A certificate for a server or a client, and what it sends behind it. */
    public List<X509CertificateHolder> leaf(
            Authority issuer,
            X500Name subject,
            PublicKey key,
            List<GeneralName> names,
            List<KeyPurposeId> purposes,
            Duration validity) {
        try {
            var usage = key.getAlgorithm().equals("RSA")
                    ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
                    : KeyUsage.digitalSignature;
            var builder = builder(subject, info(key), issuer.certificate().getSubject(), end(issuer, validity))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                    .addExtension(
                            Extension.extendedKeyUsage,
                            false,
                            new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return chain(signBy(issuer, builder), issuer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<X509CertificateHolder> chain(X509CertificateHolder first, Authority issuer) {
        return Stream.concat(Stream.of(first), issuer.above().stream()).toList();
    }

    /** What a CA signs doesn't outlive it. */
    private Instant end(Authority issuer, Duration validity) {
        var limit = issuer.certificate().getNotAfter().toInstant();
        if (!limit.isAfter(now)) {
            throw new IllegalArgumentException("the CA %s ended at %s: rotate it first"
                    .formatted(issuer.certificate().getSubject(), limit));
        }
        var end = now.plus(validity);
        return end.isBefore(limit) ? end : limit;
    }

    private X509v3CertificateBuilder authority(X500Name subject, PublicKey key, X500Name issuer, Instant end) {
        return authority(subject, info(key), issuer, end);
    }

    private X509v3CertificateBuilder authority(
            X500Name subject, SubjectPublicKeyInfo key, X500Name issuer, Instant end) {
        try {
            return builder(subject, key, issuer, end)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509v3CertificateBuilder builder(X500Name subject, SubjectPublicKeyInfo key, X500Name issuer, Instant end) {
        try {
            return new X509v3CertificateBuilder(
                            issuer,
                            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                            Date.from(now.minus(BACKDATED)),
                            Date.from(end),
                            subject,
                            key)
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, extensions().createSubjectKeyIdentifier(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509CertificateHolder signBy(Authority issuer, X509v3CertificateBuilder builder) {
        return sign(builder, issuer.certificate().getSubjectPublicKeyInfo(), issuer.key());
    }

    private static X509CertificateHolder sign(X509v3CertificateBuilder builder, PublicKey signer, PrivateKey key) {
        return sign(builder, info(signer), key);
    }

    /** The issuer is told by its key alone, so that its own certificate and its bridge both fit. */
    private static X509CertificateHolder sign(
            X509v3CertificateBuilder builder, SubjectPublicKeyInfo signer, PrivateKey key) {
        try {
            return builder.addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            extensions().createAuthorityKeyIdentifier(signer))
                    .build(new JcaContentSignerBuilder(Signing.algorithm(key)).build(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("the CA's key can't sign: " + key.getAlgorithm(), e);
        }
    }

    private static SubjectPublicKeyInfo info(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded());
    }

    private static JcaX509ExtensionUtils extensions() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-1, which names keys", e);
        }
    }
}
