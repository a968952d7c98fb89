package dev.bulkhead.apply;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What an API server says of a request that it refuses, without what it was asked. */
public final class Said {

    private Said() {}

    /** Nothing when the connection failed, or no reason was given. */
    public static Optional<String> by(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(it -> it.getMessage());
    }
}
