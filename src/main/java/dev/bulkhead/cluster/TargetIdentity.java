package dev.bulkhead.cluster;

import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.util.concurrent.CompletableFuture;

/**
 * Says who asks, and nobody else. It stands where the library has its own, which on a refusal looks for another token, and
 * finds the one of the operator's pod.
 */
final class TargetIdentity implements Interceptor {

    private final Credential credential;
    private final Runnable refused;

    TargetIdentity(Credential credential, Runnable refused) {
        this.credential = credential;
        this.refused = refused;
    }

    @Override
    public void before(BasicBuilder headers, HttpRequest request, RequestTags tags) {
        if (credential instanceof Credential.Token(String value)) {
            headers.setHeader("Authorization", "Bearer " + value);
        }
    }

    @Override
    public CompletableFuture<Boolean> afterFailure(BasicBuilder headers, HttpResponse<?> response, RequestTags tags) {
        if (response.code() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            refused.run();
        }
        return CompletableFuture.completedFuture(false);
    }
}
