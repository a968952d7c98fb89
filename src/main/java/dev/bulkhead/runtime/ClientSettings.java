package dev.bulkhead.runtime;

import io.fabric8.kubernetes.client.Config;
import io.quarkus.kubernetes.client.KubernetesConfigCustomizer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** How the operator talks to an API server, whoever builds the client. */
@Singleton
public class ClientSettings implements KubernetesConfigCustomizer {

    /** Who we are in an audit log. */
    public static final String USER_AGENT = "bulkhead";

    /** A black-holed connection frees its thread after this long. */
    private static final int TIMEOUT_MILLIS = 15_000;

    /** The client's own attempts would not wait for as long as the server asks: ours do ({@code wire}). */
    private static final int RETRIES = 0;

    private final String userAgent;

    public ClientSettings() {
        userAgent = USER_AGENT;
    }

    @Inject
    public ClientSettings(Configuration configuration) {
        // Up to the slash it names the field manager of what isn't applied, which must be the same for all replicas.
        userAgent = userAgent(configuration.identity());
    }

    static String userAgent(Optional<String> identity) {
        return identity.map(it -> USER_AGENT + "/" + it).orElse(USER_AGENT);
    }

    @Override
    public void customize(Config config) {
        config.setUserAgent(userAgent);
        config.setConnectionTimeout(TIMEOUT_MILLIS);
        config.setRequestTimeout(TIMEOUT_MILLIS);
        config.setRequestRetryBackoffLimit(RETRIES);
    }
}
