package dev.bulkhead.faults;

import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The API server, as the proxy reaches it: with the administrator's certificate, or for those with a token without one. */
final class Upstream {

    private static final int MOST_CONNECTIONS = 2000;

    /** About one connection, and not the proxy's to pass on. Bodies aren't packed, so that they can be changed. */
    private static final Set<String> HOP = Set.of(
            "host",
            "connection",
            "upgrade",
            "content-length",
            "transfer-encoding",
            "accept-encoding",
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-extensions",
            "sec-websocket-protocol");

    private final URI address;
    private final HttpClient administrator;
    private final HttpClient bearer;
    private final WebSocketClient administratorSockets;
    private final WebSocketClient bearerSockets;

    record Credentials(URI address, Buffer authority, Buffer certificate, Buffer key) {

        static Credentials of(Path kubeconfig) {
            try {
                var config = Config.fromKubeconfig(Files.readString(kubeconfig));
                return new Credentials(
                        URI.create(config.getMasterUrl()),
                        pem(config.getCaCertData(), config.getCaCertFile()),
                        pem(config.getClientCertData(), config.getClientCertFile()),
                        pem(config.getClientKeyData(), config.getClientKeyFile()));
            } catch (IOException e) {
                throw new UncheckedIOException("the kubeconfig is not readable: " + kubeconfig, e);
            }
        }

        private static Buffer pem(String data, String file) throws IOException {
            return data == null
                    ? Buffer.buffer(Files.readAllBytes(Path.of(file)))
                    : Buffer.buffer(Base64.getDecoder().decode(data));
        }

        private void trust(ClientOptionsBase options) {
            options.setSsl(true).setTrustOptions(new PemTrustOptions().addCertValue(authority));
        }

        private void identify(ClientOptionsBase options) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key));
        }
    }

    Upstream(Vertx vertx, Credentials credentials, int longestMessage) {
        address = credentials.address;
        var pool = new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS);
        var http = new HttpClientOptions();
        credentials.trust(http);
        bearer = vertx.createHttpClient(new HttpClientOptions(http), pool);
        credentials.identify(http);
        administrator = vertx.createHttpClient(http, pool);
        var sockets = new WebSocketClientOptions()
                .setMaxConnections(MOST_CONNECTIONS)
                .setMaxFrameSize(longestMessage)
                .setMaxMessageSize(longestMessage);
        credentials.trust(sockets);
        bearerSockets = vertx.createWebSocketClient(new WebSocketClientOptions(sockets));
        credentials.identify(sockets);
        administratorSockets = vertx.createWebSocketClient(sockets);
    }

    Future<HttpClientResponse> send(HttpServerRequest incoming, Buffer body) {
        return send(incoming, incoming.uri(), body);
    }

    /** @param uri where it goes, which need not be where it was sent */
    Future<HttpClientResponse> send(HttpServerRequest incoming, String uri, Buffer body) {
        return (hasToken(incoming) ? bearer : administrator)
                .request(new RequestOptions()
                        .setMethod(incoming.method())
                        .setHost(address.getHost())
                        .setPort(address.getPort())
                        .setURI(uri)
                        .setHeaders(passedOn(incoming.headers())))
                .compose(request -> request.send(body));
    }

    Future<WebSocket> watch(HttpServerRequest incoming) {
        var protocols = incoming.getHeader("Sec-WebSocket-Protocol");
        return (hasToken(incoming) ? bearerSockets : administratorSockets)
                .connect(new WebSocketConnectOptions()
                        .setHost(address.getHost())
                        .setPort(address.getPort())
                        .setURI(incoming.uri())
                        .setSubProtocols(protocols == null ? List.of() : List.of(protocols.split(",\\s*")))
                        .setHeaders(passedOn(incoming.headers())));
    }

    static MultiMap passedOn(MultiMap headers) {
        var passed = MultiMap.caseInsensitiveMultiMap();
        headers.forEach(header -> {
            if (!HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                passed.add(header.getKey(), header.getValue());
            }
        });
        return passed;
    }

    private static boolean hasToken(HttpServerRequest incoming) {
        return incoming.getHeader("Authorization") != null;
    }
}
