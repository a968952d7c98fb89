package dev.bulkhead.cluster.kubeconfig;

import java.net.URI;

/**
 * How a cluster is reached: all that is left of a kubeconfig that was vetted. Nothing in it runs, reads a file or goes by
 * another way.
 *
 * @param server where the API server is; always https
 * @param authority the certificates that it is trusted by, and no others, as PEM
 */
public record Kubeconfig(URI server, String authority, Credential credential) {

    /** What the API server is shown. */
    public sealed interface Credential {

        /** @param value goes into the header {@code Authorization} */
        record Token(String value) implements Credential {

            @Override
            public String toString() {
                return "a token";
            }
        }

        /**
         * @param chain certificates as PEM, the client's own first
         * @param key its private key as PEM
         */
        record Certificate(String chain, String key) implements Credential {

            @Override
            public String toString() {
                return "a client certificate";
            }
        }
    }

    /** Without what must not be seen in a log. */
    @Override
    public String toString() {
        return "%s with %s".formatted(server, credential);
    }
}
