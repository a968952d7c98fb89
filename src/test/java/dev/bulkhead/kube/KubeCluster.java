package dev.bulkhead.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A running Kubernetes, wherever it came from. */
public interface KubeCluster extends AutoCloseable {

    String name();

    /** A kubeconfig with the rights of an administrator. */
    Path kubeconfig();

    NodeKind node();

    /** The API server's audit log, one JSON object a line, where the provider can say. */
    Optional<Path> auditLog();

    /** The command line of a kubectl that fits, without its arguments. */
    List<String> kubectl();

    /** Brings an image, as a docker-archive tar, to the node. */
    void loadImage(Path tar);

    /** A copy of what it stores now, where that can be had. */
    default Optional<Backup> backUp() {
        return Optional.empty();
    }

    /** What this is and where it came from, in words. */
    String description();

    /** A new client, to be closed by the caller, that names itself to the API server as told. */
    default KubernetesClient client(String userAgent) {
        return client(userAgent, (_, _) -> {});
    }

    /** The same, with something that happens in the caller's thread before each request is sent. */
    default KubernetesClient client(String userAgent, BeforeRequest before) {
        return client(userAgent, new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                before.happens(request.method(), request.uri());
            }
        });
    }

    /** The same, with somebody who sees all requests and answers. */
    default KubernetesClient client(String userAgent, Interceptor interceptor) {
        var config = config();
        config.setUserAgent(userAgent);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("test", interceptor))
                .build();
    }

    /** What happens before a request is sent. */
    @FunctionalInterface
    interface BeforeRequest {
        void happens(String method, URI uri);
    }

    private Config config() {
        try {
            // From the text, so that neither $KUBECONFIG nor the user's current context has a say.
            return Config.fromKubeconfig(Files.readString(kubeconfig()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the kubeconfig of cluster " + name() + " is not readable: " + kubeconfig(), e);
        }
    }

    @Override
    void close();
}
