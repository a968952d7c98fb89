package dev.bulkhead.wire;

import io.fabric8.kubernetes.api.model.NamespaceList;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder.ExecutorSupplier;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.impl.BaseClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.kubernetes.client.utils.URLUtils;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A client's connection to one API server, at the {@link Pace} that the server can bear, with its {@link Watches} looked
 * after and its answers counted. Below it is the connection that the client had.
 */
public final class Wire implements HttpClient {

    private static final Pattern SINCE = Pattern.compile("[?&]resourceVersion=(\\d+)");

    private final HttpClient below;
    private final Pace pace;
    private final Breaker breaker;
    private final Watches watches;
    private final WireMeters meters;
    private final Rewind rewind;

    private Wire(HttpClient below, Pace pace, Breaker breaker, Watches watches, WireMeters meters, Rewind rewind) {
        this.below = below;
        this.pace = pace;
        this.breaker = breaker;
        this.watches = watches;
        this.meters = meters;
        this.rewind = rewind;
    }

    /** The same client, over this wire. Closing it leaves the one that was given open. */
    public static KubernetesClient around(KubernetesClient given, Pace pace, Watches watches, WireMeters meters) {
        return around(given, pace, Breaker.none(), watches, meters, BaseClient.DEFAULT_EXECUTOR_SUPPLIER);
    }

    /** One of many: it is held back by a breaker, and does its work in the threads of the client that is given. */
    public static KubernetesClient around(
            KubernetesClient given, Pace pace, Breaker breaker, Watches watches, WireMeters meters) {
        return around(given, pace, breaker, watches, meters, ((BaseClient) given)::getExecutor);
    }

    private static KubernetesClient around(
            KubernetesClient given,
            Pace pace,
            Breaker breaker,
            Watches watches,
            WireMeters meters,
            ExecutorSupplier executors) {
        // Beside the wire and not on it: an interceptor sees each attempt, the wire what became of all of them.
        var observed = ((Client) given)
                .getHttpClient()
                .newBuilder()
                .addOrReplaceInterceptor("bulkhead-wire", new Answers(pace))
                .build();
        return new KubernetesClientImpl(
                new Wire(
                        observed,
                        pace,
                        breaker,
                        watches,
                        meters,
                        watches.rewind(
                                () -> version(observed, given.getConfiguration().getMasterUrl()))),
                given.getConfiguration(),
                executors,
                Tolerance.serialization());
    }

    /** What an API server counts is one for all kinds, so a list of one namespace tells it. */
    private static CompletableFuture<Long> version(HttpClient http, String server) {
        return http.sendAsync(
                        http.newHttpRequestBuilder()
                                .uri(URLUtils.join(server, "/api/v1/namespaces?limit=1"))
                                .build(),
                        String.class)
                .thenApply(it -> Long.parseLong(Serialization.unmarshal(it.body(), NamespaceList.class)
                        .getMetadata()
                        .getResourceVersion()));
    }

    private <T> CompletableFuture<HttpResponse<T>> paced(
            HttpRequest request, Supplier<CompletableFuture<HttpResponse<T>>> sending) {
        return new Errand<>(pace, breaker, request.method(), () -> meters.time(request.method(), sending.get())).run();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, Class<T> type) {
        return paced(request, () -> below.sendAsync(request, type));
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytes(
            HttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        return paced(request, () -> below.consumeBytes(request, consumer));
    }

    /** Not paced: watches are few, and without them nothing is known. */
    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return new Watching(below.newWebSocketBuilder());
    }

    @Override
    public HttpRequest.Builder newHttpRequestBuilder() {
        return below.newHttpRequestBuilder();
    }

    @Override
    public DerivedClientBuilder newBuilder() {
        return new Deriving(below.newBuilder());
    }

    @Override
    public boolean isClosed() {
        return below.isClosed();
    }

    /** What is below belongs to who gave it. */
    @Override
    public void close() {
        // Nothing of its own.
    }

    private final class Watching implements WebSocket.Builder {

        private final WebSocket.Builder builder;
        private String path = "";
        private String since = "";

        Watching(WebSocket.Builder builder) {
            this.builder = builder;
        }

        @Override
        public CompletableFuture<WebSocket> buildAsync(WebSocket.Listener listener) {
            return builder.buildAsync(watches.listening(path, since, rewind, listener))
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            rewind.lost(failure);
                        }
                    });
        }

        @Override
        public WebSocket.Builder uri(URI uri) {
            path = uri.getPath();
            since = SINCE.matcher(uri.toString())
                    .results()
                    .map(it -> it.group(1))
                    .findFirst()
                    .orElse("");
            builder.uri(uri);
            return this;
        }

        @Override
        public WebSocket.Builder subprotocol(String protocol) {
            builder.subprotocol(protocol);
            return this;
        }

        @Override
        public WebSocket.Builder header(String name, String value) {
            builder.header(name, value);
            return this;
        }

        @Override
        public WebSocket.Builder setHeader(String name, String value) {
            builder.setHeader(name, value);
            return this;
        }

        @Override
        public WebSocket.Builder connectTimeout(long timeout, TimeUnit unit) {
            builder.connectTimeout(timeout, unit);
            return this;
        }
    }

    private final class Deriving implements DerivedClientBuilder {

        private final DerivedClientBuilder builder;

        Deriving(DerivedClientBuilder builder) {
            this.builder = builder;
        }

        @Override
        public HttpClient build() {
            return new Wire(builder.build(), pace, breaker, watches, meters, rewind);
        }

        @Override
        public DerivedClientBuilder addOrReplaceInterceptor(String name, Interceptor interceptor) {
            builder.addOrReplaceInterceptor(name, interceptor);
            return this;
        }

        @Override
        public DerivedClientBuilder authenticatorNone() {
            builder.authenticatorNone();
            return this;
        }

        @Override
        public DerivedClientBuilder tag(Object value) {
            builder.tag(value);
            return this;
        }
    }
}
