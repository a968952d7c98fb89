package dev.bulkhead.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkhead.kube.KubeCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** A token as a cluster gave it, of an hour ago: no API server gives one that ends in less than ten minutes. */
final class ExpiredToken {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ExpiredToken() {}

    /** Signed by the cluster's own key, so that nothing is wrong with it but its time. */
    static String like(String token, KubeCluster cluster) throws IOException, GeneralSecurityException {
        var parts = token.split("\\.");
        var claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        var ended = Instant.now().minus(Duration.ofHours(1)).getEpochSecond();
        claims.put("exp", ended).put("iat", ended - 3600).put("nbf", ended - 3600);
        var signed = parts[0] + "." + encoded(JSON.writeValueAsBytes(claims));
        return signed + "." + encoded(signature(signed, key(cluster)));
    }

    private static PrivateKey key(KubeCluster cluster) throws IOException {
        var file = cluster.kubeconfig().resolveSibling("pki/service-accounts.key");
        try (var pem = new PEMParser(Files.newBufferedReader(file))) {
            return new JcaPEMKeyConverter().getPrivateKey(((PEMKeyPair) pem.readObject()).getPrivateKeyInfo());
        }
    }

    private static byte[] signature(String text, PrivateKey key) throws GeneralSecurityException {
        var signing = Signature.getInstance("SHA256withECDSAinP1363Format");
        signing.initSign(key);
        signing.update(text.getBytes(StandardCharsets.US_ASCII));
        return signing.sign();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
