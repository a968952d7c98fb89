package dev.bulkhead.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.cluster.kubeconfig.TestAuthority;
import dev.bulkhead.cluster.kubeconfig.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** An API server that says what it is told to, over TLS, and keeps what it was sent. */
public final class FakeApiServer implements AutoCloseable {

    /** What came: the whole head of a request as text, and who stood behind it. */
    public record Received(String method, String path, String headers, String client) {}

    private record Answer(int code, String body, Map<String, String> headers) {}

    private final TestAuthority authority;
    private final HttpsServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    public FakeApiServer(TestAuthority authority, TestAuthority.Identity identity) {
        this.authority = authority;
        try {
            server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            var tls = Tls.of(new Kubeconfig(
                    URI.create("https://unused"),
                    authority.certificate(),
                    new Credential.Certificate(identity.certificate(), identity.key())));
            var context = SSLContext.getInstance("TLS");
            context.init(tls.keys(), tls.trust(), null);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    var wanted = new SSLParameters();
                    wanted.setWantClientAuth(true);
                    parameters.setSSLParameters(wanted);
                }
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public FakeApiServer answering(String path, int code, String body) {
        return answering(path, code, body, Map.of());
    }

    public FakeApiServer answering(String path, int code, String body, Map<String, String> headers) {
        answers.put(path, new Answer(code, body, headers));
        return this;
    }

    public Kubeconfig kubeconfig(Credential credential) {
        return new Kubeconfig(url(), authority.certificate(), credential);
    }

    public URI url() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Received> received() {
        return received;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders().entrySet().stream()
                    .map(it -> it.getKey() + ": " + String.join(",", it.getValue()))
                    .collect(Collectors.joining("\n"));
            var path = exchange.getRequestURI().getPath();
            received.add(new Received(exchange.getRequestMethod(), path, headers, client(exchange)));
            exchange.getRequestBody().readAllBytes();
            var answer = answers.getOrDefault(path, new Answer(404, "{}", Map.of()));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            var body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.code(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String client(HttpExchange exchange) {
        try {
            return ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException _) {
            return "";
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
