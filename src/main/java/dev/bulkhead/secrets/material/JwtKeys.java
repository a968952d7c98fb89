package dev.bulkhead.secrets.material;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.api.v1alpha1.JwtAlgorithm;
import dev.bulkhead.api.v1alpha1.KeyPairSettings;
import dev.bulkhead.secrets.pki.KeyMaker;
import dev.bulkhead.secrets.pki.Pem;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keys that JSON Web Tokens are signed with, and what those who check them read. */
final class JwtKeys {

    private static final int RSA_BITS = 3072;
    private static final int ED25519_BYTES = 32;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private JwtKeys() {}

    static Minted make(KeyPairSettings settings, Ingredients with) {
        var keys = keys(settings.algorithm(), new KeyMaker(with.random()));
        var jwk = required(keys.getPublic());
        var kid = thumbprint(jwk);
        jwk.putAll(Map.of("kid", kid, "alg", settings.algorithm().name(), "use", "sig"));
        return Minted.of(Map.of(
                Keys.PRIVATE_PEM, Pem.privateKey(keys.getPrivate()),
                Keys.PUBLIC_PEM, Pem.publicKey(keys.getPublic()),
                Keys.KID, kid.getBytes(StandardCharsets.US_ASCII),
                Keys.JWK, json(jwk)));
    }

    private static KeyPair keys(JwtAlgorithm algorithm, KeyMaker maker) {
        return switch (algorithm) {
            case ES256 -> maker.ec(256);
            case ES384 -> maker.ec(384);
            case RS256 -> maker.rsa(RSA_BITS);
            case EdDSA -> maker.ed25519();
        };
    }

    /** What a key must have, in the order in which its thumbprint takes it. */
    private static SortedMap<String, String> required(PublicKey key) {
        return new TreeMap<>(
                switch (key) {
                    case ECPublicKey ec -> {
                        var bytes = (ec.getParams().getOrder().bitLength() + 7) / 8;
                        yield Map.of(
                                "kty",
                                "EC",
                                "crv",
                                "P-" + ec.getParams().getOrder().bitLength(),
                                "x",
                                number(ec.getW().getAffineX(), bytes),
                                "y",
                                number(ec.getW().getAffineY(), bytes));
                    }
                    case RSAPublicKey rsa ->
                        Map.of(
                                "kty", "RSA",
                                "n", number(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8),
                                "e",
                                        number(
                                                rsa.getPublicExponent(),
                                                (rsa.getPublicExponent().bitLength() + 7) / 8));
                    default -> {
                        var der = key.getEncoded();
                        yield Map.of(
                                "kty", "OKP",
                                "crv", "Ed25519",
                                "x",
                                        TEXT.encodeToString(
                                                Arrays.copyOfRange(der, der.length - ED25519_BYTES, der.length)));
                    }
                });
    }

    /** RFC 7638. */
    private static String thumbprint(SortedMap<String, String> required) {
        try {
            return TEXT.encodeToString(MessageDigest.getInstance("SHA-256").digest(json(required)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(BigInteger number, int bytes) {
        var all = number.toByteArray();
        var exact = new byte[bytes];
        var length = Math.min(all.length, bytes);
        System.arraycopy(all, all.length - length, exact, bytes - length, length);
        return TEXT.encodeToString(exact);
    }

    private static byte[] json(Map<String, String> object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
