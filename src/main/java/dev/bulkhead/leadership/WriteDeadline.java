package dev.bulkhead.leadership;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Refuses what would write, at the last moment before it is sent, when the tenure has run out. The client asks it before
 * each attempt.
 */
public final class WriteDeadline implements Interceptor {

    private static final String NAME = "bulkhead-write-deadline";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final BooleanSupplier mayWrite;

    private WriteDeadline(BooleanSupplier mayWrite) {
        this.mayWrite = mayWrite;
    }

    /**
     * To be called last: what another interceptor waits for would come after the check.
     *
     * @param readAt when the token in the configuration was read
     */
    public static void install(
            HttpClient.Builder http, HttpClient.Factory factory, Config config, Instant readAt, Tenure tenure) {
        http.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, new Refresh(config, factory, readAt, tenure));
        install(http, tenure::holds);
    }

    /** The same for a client whose token is nobody's to refresh. */
    public static void install(HttpClient.Builder http, BooleanSupplier mayWrite) {
        http.addOrReplaceInterceptor(NAME, new WriteDeadline(mayWrite));
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!allows(mayWrite, request)) {
            throw new KubernetesClientException(
                    "%s %s was not sent: this replica doesn't lead, or its lease has run out"
                            .formatted(request.method(), request.uri().getPath()));
        }
    }

    private static boolean allows(BooleanSupplier mayWrite, HttpRequest request) {
        return READING.contains(request.method()) || mayWrite.getAsBoolean();
    }

    /** Sends a request once more with a new token, and asks nobody. */
    private static final class Refresh extends TokenRefreshInterceptor {

        private final Tenure tenure;

        Refresh(Config config, HttpClient.Factory factory, Instant readAt, Tenure tenure) {
            super(config, factory, readAt);
            this.tenure = tenure;
        }

        @Override
        public CompletableFuture<Boolean> afterFailure(
                BasicBuilder headers, HttpResponse<?> response, RequestTags tags) {
            return allows(tenure::holds, response.request())
                    ? super.afterFailure(headers, response, tags)
                    : CompletableFuture.completedFuture(false);
        }
    }
}
