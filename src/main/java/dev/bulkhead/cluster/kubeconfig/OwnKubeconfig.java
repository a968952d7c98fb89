package dev.bulkhead.cluster.kubeconfig;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A kubeconfig as we write it ourselves: an address, whom to trust there, a token, and nothing else. */
public final class OwnKubeconfig {

    private OwnKubeconfig() {}

    /** @param authority certificates as PEM */
    public static String of(URI server, String authority, String token) {
        return """
                apiVersion: v1
                kind: Config
                current-context: target
                clusters:
                - name: target
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                contexts:
                - name: target
                  context: {cluster: target, user: bulkhead}
                users:
                - name: bulkhead
                  user:
                    token: %s
                """.formatted(
                        server, Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.UTF_8)), token);
    }
}
