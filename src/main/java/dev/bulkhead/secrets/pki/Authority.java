package dev.bulkhead.secrets.pki;

import java.security.PrivateKey;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Who signs.
 *
 * @param certificate its own
 * @param above what its leaves send behind their own certificate, so that those who trust the top find the way
 */
public record Authority(X509CertificateHolder certificate, PrivateKey key, List<X509CertificateHolder> above) {

    /**
     * @param chain its certificate first, as PEM
     * @param bridge its key as the one before it certified it, as PEM; empty: there was none
     */
    public static Authority read(byte[] key, byte[] chain, byte[] bridge) {
        var certificates = Pem.readCertificates(chain);
        var own = certificates.getFirst();
        var above = own.getSubject().equals(own.getIssuer())
                ? bridge.length == 0 ? List.<X509CertificateHolder>of() : Pem.readCertificates(bridge)
                : certificates;
        return new Authority(own, Pem.readPrivateKey(key), above);
    }

    /** Whether its key is that of its certificate. */
    public boolean isWhole() {
        return Signing.isPair(Pem.x509(certificate).getPublicKey(), key);
    }
}
