package dev.bulkhead.cluster.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;

/** Kubeconfigs as people and tools write them. */
public final class KubeconfigText {

    public static final String TOKEN = "eyJhbGciOiJub25lIn0.canary-token.x";

    private static final TestAuthority AUTHORITY = new TestAuthority("test");
    private static final TestAuthority.Identity CLIENT = AUTHORITY.client("bulkhead");

    static final String CA = base64(AUTHORITY.certificate());
    static final String CERTIFICATE = base64(CLIENT.certificate());
    static final String KEY = base64(CLIENT.key());

    private KubeconfigText() {}

    public static String withToken(String server, String authority, String token) {
        return of(server, "certificate-authority-data: " + base64(authority), "token: " + token);
    }

    static String good() {
        return with("");
    }

    static String with(String extra) {
        return of("https://cluster.example.com:6443", "certificate-authority-data: " + CA, "token: " + TOKEN + extra);
    }

    static String withServer(String server) {
        return of(server, "certificate-authority-data: " + CA, "token: " + TOKEN);
    }

    static String withCluster(String fields) {
        return of("https://cluster.example.com:6443", fields, "token: " + TOKEN);
    }

    static String withUser(String fields) {
        return of("https://cluster.example.com:6443", "certificate-authority-data: " + CA, fields);
    }

    /** @param cluster,user flow-style fields, parted by commas */
    private static String of(String server, String cluster, String user) {
        return """
                apiVersion: v1
                kind: Config
                current-context: here
                clusters:
                - name: staging
                  cluster: {server: '%s', %s}
                users:
                - name: bulkhead
                  user: {%s}
                contexts:
                - name: here
                  context: {cluster: staging, user: bulkhead, namespace: default}
                """.formatted(server, cluster, user);
    }

    static Map<String, String> secret(String kubeconfig) {
        return Map.of("kubeconfig", base64(kubeconfig));
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
