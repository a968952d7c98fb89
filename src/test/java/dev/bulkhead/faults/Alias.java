package dev.bulkhead.faults;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Makes one API server look like many clusters, for measurements: it passes everything on, but for what tells clusters apart. Its
 * {@code kube-system} has a UID of its own, and the Lease of the writer is another one for each alias.
 */
public final class Alias implements AutoCloseable {

    private static final int LONGEST_MESSAGE = 32 * 1024 * 1024;
    private static final String LEASE = "bulkhead-writer-";
    private static final String SYSTEM = "/api/v1/namespaces/kube-system";

    private final Vertx vertx;
    private final ProxyIdentity identity = ProxyIdentity.make();
    private final Upstream upstream;
    private final HttpServer server;
    private final int number;
    private final Duration delay;

    /**
     * @param vertx of all aliases
     * @param kubeconfig of the API server
     * @param delay how long each request waits before it is passed on
     */
    public Alias(Vertx vertx, Path kubeconfig, int number, Duration delay) {
        this.vertx = vertx;
        this.number = number;
        this.delay = delay;
        upstream = new Upstream(vertx, Upstream.Credentials.of(kubeconfig), LONGEST_MESSAGE);
        server = vertx.createHttpServer(identity.server(LONGEST_MESSAGE)).requestHandler(this::receive);
        server.listen()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    public String url() {
        return "https://127.0.0.1:" + server.actualPort();
    }

    /** Whom to trust there, as PEM. */
    public String authority() {
        return identity.authority();
    }

    private void receive(HttpServerRequest incoming) {
        if ("websocket".equalsIgnoreCase(incoming.getHeader("Upgrade"))) {
            incoming.pause();
            after(() -> upstream.watch(incoming)
                    .onSuccess(up -> join(incoming, up))
                    .onFailure(failure -> refuse(incoming, failure)));
        } else {
            incoming.body().onSuccess(body -> after(() -> pass(incoming, body)));
        }
    }

    private void after(Runnable what) {
        if (delay.isZero()) {
            what.run();
        } else {
            vertx.setTimer(delay.toMillis(), _ -> what.run());
        }
    }

    private void pass(HttpServerRequest incoming, Buffer body) {
        upstream.send(incoming, alias(incoming.uri()), isLease(incoming) ? Buffer.buffer(alias(body.toString())) : body)
                .onSuccess(answer -> answered(incoming, answer))
                .onFailure(_ -> incoming.connection().close());
    }

    private void answered(HttpServerRequest incoming, HttpClientResponse answer) {
        var response = incoming.response().setStatusCode(answer.statusCode());
        response.headers().addAll(Upstream.passedOn(answer.headers()));
        if (isLease(incoming) || incoming.path().equals(SYSTEM)) {
            answer.body().onSuccess(body -> response.end(back(incoming, body.toString())));
        } else {
            response.setChunked(true);
            answer.pipeTo(response);
        }
    }

    private boolean isLease(HttpServerRequest incoming) {
        return incoming.path().contains("/leases");
    }

    private String alias(String text) {
        return text.replace(LEASE, LEASE + number + "-");
    }

    private String back(HttpServerRequest incoming, String body) {
        return isLease(incoming)
                ? body.replace(LEASE + number + "-", LEASE)
                : body.replaceFirst("\"uid\":\"[^\"]{8}", "\"uid\":\"%08d".formatted(number));
    }

    private static void refuse(HttpServerRequest incoming, Throwable failure) {
        if (failure instanceof UpgradeRejectedException refused) {
            incoming.response().setStatusCode(refused.getStatus()).end();
        } else {
            incoming.connection().close();
        }
    }

    private static void join(HttpServerRequest incoming, WebSocket up) {
        up.pause();
        incoming.toWebSocket()
                .onSuccess(down -> {
                    joined(up, down);
                    up.resume();
                })
                .onFailure(_ -> up.close());
    }

    private static void joined(WebSocket up, ServerWebSocket down) {
        up.textMessageHandler(down::writeTextMessage);
        up.closeHandler(_ -> down.close());
        down.closeHandler(_ -> up.close());
    }

    @Override
    public void close() {
        server.close();
    }
}
