package dev.bulkhead.secrets.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;

/** How a key signs. */
public final class Signing {

    private static final byte[] PROBE = new byte[32];

    private Signing() {}

    /** Whether two keys are of one pair: what the one signs, the other confirms. */
    public static boolean isPair(PublicKey open, PrivateKey secret) {
        try {
            var algorithm = algorithm(secret);
            var signing = Signature.getInstance(algorithm);
            signing.initSign(secret);
            signing.update(PROBE);
            var checking = Signature.getInstance(algorithm);
            checking.initVerify(open);
            checking.update(PROBE);
            return checking.verify(signing.sign());
        } catch (GeneralSecurityException _) {
            // One of another kind, or on another curve.
            return false;
        }
    }

    static String algorithm(PrivateKey key) {
        return switch (key) {
            case ECKey ec -> ec.getParams().getOrder().bitLength() > 256 ? "SHA384withECDSA" : "SHA256withECDSA";
            case PrivateKey rsa when rsa.getAlgorithm().equals("RSA") -> "SHA256withRSA";
            default -> "Ed25519";
        };
    }
}
