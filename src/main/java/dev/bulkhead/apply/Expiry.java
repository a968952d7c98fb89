package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What in a Secret has an end: its certificates. Says when, and never what. */
final class Expiry {

    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    private Expiry() {}

    static List<String> notes(GenericKubernetesResource secret) {
        if (!(secret.<Object>get("data") instanceof Map<?, ?> data)) {
            return List.of();
        }
        var inOrder = new TreeMap<String, String>();
        data.forEach((key, value) -> inOrder.put(String.valueOf(key), text(String.valueOf(value))));
        return inOrder.entrySet().stream()
                .filter(it -> it.getValue().contains(CERTIFICATE))
                .map(it -> note(it.getKey(), it.getValue()))
                .toList();
    }

    private static String text(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Of a chain the first to end counts. */
    private static String note(String key, String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(
                            pem.substring(pem.indexOf(CERTIFICATE)).getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(it -> ((X509Certificate) it).getNotAfter().toInstant())
                    .min(Comparator.naturalOrder())
                    .map(end -> "the certificate in %s ends at %s".formatted(key, end))
                    .orElse("the certificate in %s can't be read".formatted(key));
        } catch (CertificateException e) {
            return "the certificate in %s can't be read".formatted(key);
        }
    }
}
