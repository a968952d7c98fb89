package dev.bulkhead.mesh;

import dev.bulkhead.secrets.material.Keys;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.pki.Authority;
import dev.bulkhead.secrets.pki.Pem;
import dev.bulkhead.status.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.BasicConstraints;

/** The anchor that a mesh has already, out of the Secret that somebody gives us. */
final class AnchorImport {

    private AnchorImport() {}

    /** @throws MeshRefused with a message for people, and nothing of what is in it */
    static Minted of(String secret, Map<String, byte[]> data, Instant now) {
        var authority = read(secret, data);
        var certificate = authority.certificate();
        var constraints = BasicConstraints.fromExtensions(certificate.getExtensions());
        if (constraints == null
                || !constraints.isCA()
                || !certificate.getSubject().equals(certificate.getIssuer())) {
            throw refused(secret, "tls.crt is no CA that signs itself");
        }
        if (Optional.ofNullable(constraints.getPathLenConstraint())
                .filter(it -> it.signum() == 0)
                .isPresent()) {
            throw refused(secret, "tls.crt may sign no other CA (its path length is 0)");
        }
        if (!certificate.getNotAfter().toInstant().isAfter(now)) {
            throw refused(
                    secret, "tls.crt ended at " + certificate.getNotAfter().toInstant());
        }
        if (!authority.isWhole()) {
            throw refused(secret, "tls.key isn't the key of tls.crt");
        }
        var kept = new TreeMap<String, byte[]>();
        kept.put(Keys.TLS_CRT, Pem.certificates(List.of(certificate)));
        kept.put(Keys.TLS_KEY, Pem.privateKey(authority.key()));
        return new Minted(
                kept,
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                0);
    }

    private static Authority read(String secret, Map<String, byte[]> data) {
        if (!data.containsKey(Keys.TLS_CRT) || !data.containsKey(Keys.TLS_KEY)) {
            throw refused(secret, "it lacks tls.crt or tls.key");
        }
        try {
            return Authority.read(data.get(Keys.TLS_KEY), data.get(Keys.TLS_CRT), new byte[0]);
        } catch (IllegalArgumentException _) {
            throw refused(secret, "tls.crt isn't one certificate, or tls.key isn't one private key, as PEM");
        }
    }

    private static MeshRefused refused(String secret, String why) {
        return new MeshRefused(
                Reason.IssuerImpossible,
                "Secret %s, which spec.meshIdentity.from names, can't be the mesh's trust anchor: %s"
                        .formatted(secret, why));
    }
}
