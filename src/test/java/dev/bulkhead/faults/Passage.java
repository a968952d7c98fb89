package dev.bulkhead.faults;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One request on its way through the proxy, with the blow that strikes it, if one does. */
final class Passage {

    private static final int SWITCHED = 200;

    private final Vertx vertx;
    private final Context context;
    private final Upstream upstream;
    private final HttpServerRequest incoming;
    private final ProxiedRequest request;
    private final Buffer body;
    private final Optional<Blow> blow;
    private final UnaryOperator<OpenWatch> watched;

    Passage(
            Vertx vertx,
            Upstream upstream,
            HttpServerRequest incoming,
            ProxiedRequest request,
            Buffer body,
            Optional<Blow> blow,
            UnaryOperator<OpenWatch> watched) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.upstream = upstream;
        this.incoming = incoming;
        this.request = request;
        this.body = body;
        this.blow = blow;
        this.watched = watched;
    }

    void begin() {
        if (blow.isEmpty()) {
            forward();
            return;
        }
        switch (blow.get()) {
            case Blow.Refuse refuse -> answer(refuse.code(), refuse.headers(), Buffer.buffer(refuse.body()));
            case Blow.Close _ -> cut();
            case Blow.BlackHole _ -> {}
            case Blow.Delay delay -> vertx.setTimer(delay.time().toMillis(), _ -> forward());
            case Blow.Hold hold ->
                aside(
                        () -> {
                            try {
                                hold.gate().await();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        this::forward);
            case Blow.First first -> aside(first.hook(), this::forward);
            default -> forward();
        }
    }

    /** Hooks belong to a test and may take their time. */
    private void aside(Runnable work, Runnable then) {
        Thread.startVirtualThread(() -> {
            try {
                work.run();
            } finally {
                context.runOnContext(_ -> then.run());
            }
        });
    }

    private void cut() {
        incoming.connection().close();
    }

    private void forward() {
        if ("websocket".equalsIgnoreCase(incoming.getHeader("Upgrade"))) {
            upstream.watch(incoming).onSuccess(this::join).onFailure(this::upgradeRefused);
        } else {
            upstream.send(incoming, body).onSuccess(this::answered).onFailure(_ -> cut());
        }
    }

    private void upgradeRefused(Throwable failure) {
        if (failure instanceof UpgradeRejectedException refused) {
            answer(refused.getStatus(), Map.of("Content-Type", "application/json"), refused.getBody());
        } else {
            cut();
        }
    }

    private void join(WebSocket up) {
        up.pause();
        incoming.toWebSocket()
                .onSuccess(down -> {
                    joined(up, down);
                    up.resume();
                })
                .onFailure(_ -> up.close());
    }

    private void joined(WebSocket up, ServerWebSocket down) {
        var watch = watched.apply(new OpenWatch(vertx, request, down::writeTextMessage, () -> {
            up.close();
            down.close();
        }));
        up.textMessageHandler(watch::received);
        up.closeHandler(_ -> {
            watch.hasEnded();
            down.close();
        });
        down.closeHandler(_ -> {
            watch.hasEnded();
            up.close();
        });
    }

    private void answered(HttpClientResponse answer) {
        if (request.isWatch() && answer.statusCode() == SWITCHED) {
            stream(answer);
            return;
        }
        answer.body().onFailure(_ -> cut()).onSuccess(content -> reply(answer, content));
    }

    private void stream(HttpClientResponse answer) {
        var response = incoming.response().setStatusCode(answer.statusCode()).setChunked(true);
        response.headers().addAll(Upstream.passedOn(answer.headers()));
        var watch = watched.apply(new OpenWatch(vertx, request, text -> response.write(text + "\n"), response::end));
        answer.handler(RecordParser.newDelimited("\n", line -> watch.received(line.toString())));
        answer.endHandler(_ -> {
            watch.hasEnded();
            if (!response.ended()) {
                response.end();
            }
        });
        response.closeHandler(_ -> {
            watch.hasEnded();
            answer.request().reset();
        });
        // What the watcher is to be told may be far away: it is told that the watch is open.
        response.write("");
    }

    private void reply(HttpClientResponse answer, Buffer content) {
        if (blow.isEmpty()) {
            pass(answer, answer.statusCode(), content);
            return;
        }
        switch (blow.get()) {
            case Blow.LoseReply _ -> cut();
            case Blow.SilentReply _ -> {}
            case Blow.Then then -> aside(then.hook(), () -> pass(answer, answer.statusCode(), content));
            case Blow.Rewrite rewrite ->
                pass(
                        answer,
                        rewrite.code() == Blow.Rewrite.SAME ? answer.statusCode() : rewrite.code(),
                        Buffer.buffer(rewrite.body().apply(content.toString())));
            case Blow.Truncate truncate ->
                pass(answer, answer.statusCode(), content.getBuffer(0, Math.min(truncate.length(), content.length())));
            case Blow.Trickle trickle -> trickle(answer, content, trickle.perByte());
            default -> pass(answer, answer.statusCode(), content);
        }
    }

    private void pass(HttpClientResponse answer, int code, Buffer content) {
        var response = incoming.response().setStatusCode(code);
        response.headers().addAll(Upstream.passedOn(answer.headers()));
        response.end(content);
    }

    private void answer(int code, Map<String, String> headers, Buffer content) {
        var response = incoming.response().setStatusCode(code).putHeader("Content-Type", "application/json");
        headers.forEach(response::putHeader);
        response.end(content == null ? Buffer.buffer() : content);
    }

    private void trickle(HttpClientResponse answer, Buffer content, Duration perByte) {
        var response = incoming.response().setStatusCode(answer.statusCode());
        response.headers().addAll(Upstream.passedOn(answer.headers()));
        response.putHeader("Content-Length", Integer.toString(content.length()));
        drip(content, 0, perByte);
    }

    private void drip(Buffer content, int at, Duration perByte) {
        var response = incoming.response();
        if (response.closed()) {
            return;
        }
        if (at == content.length()) {
            response.end();
            return;
        }
        response.write(content.getBuffer(at, at + 1));
        vertx.setTimer(perByte.toMillis(), _ -> drip(content, at + 1, perByte));
    }
}
