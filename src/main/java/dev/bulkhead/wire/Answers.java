package dev.bulkhead.wire;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sees each attempt of a request, and tells the pace how the API server is. */
final class Answers implements Interceptor {

    /** Too many requests, unavailable, too slow: it would rather be asked less. Any other answer shows that it lives. */
    private static final Set<Integer> TROUBLE = Set.of(429, 503, 504);

    private final Pace pace;

    Answers(Pace pace) {
        this.pace = pace;
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (TROUBLE.contains(response.code())) {
            pace.trouble(retryAfter(response));
        } else {
            pace.good();
        }
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        pace.trouble(Duration.ZERO);
    }

    /** In seconds, as Kubernetes says it. */
    private static Duration retryAfter(HttpResponse<?> response) {
        return Optional.ofNullable(response.header("Retry-After"))
                .filter(it -> it.matches("[0-9]{1,5}"))
                .map(it -> Duration.ofSeconds(Long.parseLong(it)))
                .orElse(Duration.ZERO);
    }
}
