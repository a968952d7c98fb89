package dev.bulkhead.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Values that must be nowhere, in every form in which one may lie about. */
final class Canaries {

    private static final Set<String> KNOWN_TO_ALL =
            Set.of("ca.crt", "tls.crt", "bridge.crt", "username", "kid", "public.pem");

    /** The bytes of the number that is the key, on a curve of 256 bits: PKCS#8 ends with them. */
    private static final int NUMBER = 32;

    private static final String PEM_KEY = "-----BEGIN PRIVATE KEY-----";

    /** Form → what it is a form of. */
    private final Map<String, String> forms = new TreeMap<>();

    void add(String name, String value) {
        forms.put(value, name);
        forms.put(base64(value.getBytes(UTF_8)), name + " in base64");
    }

    /** All that a Secret holds and not everybody may know. */
    void add(GenericKubernetesResource secret) {
        Map<String, String> data = secret.get("data");
        data.forEach((key, encoded) -> {
            if (!KNOWN_TO_ALL.contains(key)) {
                var name = secret.getMetadata().getName() + "/" + key;
                var value = new String(Base64.getDecoder().decode(encoded), ISO_8859_1);
                forms.put(encoded, name + " in base64");
                var pem = value.indexOf(PEM_KEY);
                if (pem >= 0) {
                    addKey(name, value.substring(pem));
                } else if (key.endsWith(".p12")) {
                    forms.put(value, name);
                } else {
                    value.lines().forEach(line -> add(name, line));
                }
            }
        });
    }

    private void addKey(String name, String pem) {
        var lines = pem.lines().filter(line -> !line.startsWith("-")).toList();
        lines.forEach(line -> forms.put(line, name + ", a line"));
        var der = Base64.getDecoder().decode(String.join("", lines));
        var number = new String(Arrays.copyOfRange(der, der.length - NUMBER, der.length), ISO_8859_1);
        forms.put(number, name + ", the number");
        // Java's own curves count from the other end.
        forms.put(new StringBuilder(number).reverse().toString(), name + ", the number reversed");
    }

    /** What of them is in something that can be searched. */
    List<String> in(Predicate<String> contains) {
        return forms.entrySet().stream()
                .filter(form -> contains.test(form.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
