package dev.bulkhead.faults;

import dev.bulkhead.kube.KubeCluster;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Stands between a client and an API server, sees every request and every event of a watch, and does to them what it is
 * told. It ends TLS; whoever comes without a token is taken for the administrator whose kubeconfig it has.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int LONGEST_MESSAGE = 32 * 1024 * 1024;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    private final ProxyIdentity identity = ProxyIdentity.make();
    private final Upstream upstream;
    private final HttpServer server;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<FrameRule> frameRules = new CopyOnWriteArrayList<>();
    private final List<Consumer<OpenWatch>> openings = new CopyOnWriteArrayList<>();
    private final List<ProxiedRequest> requests = new CopyOnWriteArrayList<>();
    private final Set<OpenWatch> watches = ConcurrentHashMap.newKeySet();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();

    private FaultProxy(Upstream.Credentials credentials) {
        upstream = new Upstream(vertx, credentials, LONGEST_MESSAGE);
        server = vertx.createHttpServer(identity.server(LONGEST_MESSAGE))
                .connectionHandler(this::connected)
                .requestHandler(this::receive);
        server.listen()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    public static FaultProxy before(KubeCluster cluster) {
        return before(cluster.kubeconfig());
    }

    /** @param kubeconfig of the API server, with what an administrator shows it */
    public static FaultProxy before(Path kubeconfig) {
        return new FaultProxy(Upstream.Credentials.of(kubeconfig));
    }

    public String url() {
        return "https://127.0.0.1:" + server.actualPort();
    }

    /** For a client that shall go this way. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: proxy
                clusters: [{name: proxy, cluster: {server: "%s", certificate-authority-data: %s}}]
                contexts: [{name: proxy, context: {cluster: proxy, user: proxy}}]
                users: [{name: proxy, user: {}}]
                """.formatted(
                url(), Base64.getEncoder().encodeToString(identity.authority().getBytes(StandardCharsets.UTF_8)));
    }

    public Rule on(Match match) {
        return new Rule(match, rules::add, rules::remove);
    }

    /** The events of these watches. */
    public FrameRule onEvents(Match watch, Predicate<Frame> which) {
        return new FrameRule(watch.and(ProxiedRequest::isWatch), which, frameRules::add, lifted -> {
            frameRules.remove(lifted);
            watches.forEach(open -> open.thaw(lifted));
        });
    }

    /** Something happens to each watch as soon as it is open, until what is returned is run. */
    public Runnable onOpening(Match watch, Consumer<OpenWatch> what) {
        Consumer<OpenWatch> opening = open -> {
            if (watch.fits(open.request())) {
                what.accept(open);
            }
        };
        openings.add(opening);
        return () -> openings.remove(opening);
    }

    /** Every request so far, in the order in which they came. */
    public List<ProxiedRequest> requests() {
        return List.copyOf(requests);
    }

    public List<ProxiedRequest> requests(Match match) {
        return requests.stream().filter(match::fits).toList();
    }

    public void forgetRequests() {
        requests.clear();
    }

    public List<OpenWatch> watches(Match match) {
        return watches.stream().filter(it -> match.fits(it.request())).toList();
    }

    /** Closes every connection there is now, as the fall of a load balancer does. */
    public void cutConnections() {
        connections.forEach(HttpConnection::close);
    }

    /** Nobody gets through, in either direction, until the rule is lifted. */
    public Rule goDark() {
        var dark = on(Match.anything()).cut();
        cutConnections();
        return dark;
    }

    /** Lifts every rule. */
    public void heal() {
        rules.clear();
        openings.clear();
        List.copyOf(frameRules).forEach(FrameRule::lift);
    }

    private void connected(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(_ -> connections.remove(connection));
    }

    private void receive(HttpServerRequest incoming) {
        if ("websocket".equalsIgnoreCase(incoming.getHeader("Upgrade"))) {
            incoming.pause();
            begin(incoming, Buffer.buffer());
        } else {
            incoming.body().onSuccess(body -> begin(incoming, body));
        }
    }

    private void begin(HttpServerRequest incoming, Buffer body) {
        var method = incoming.method().name();
        var write = ProxiedRequest.isWrite(method, incoming.uri()) ? writes.incrementAndGet() : 0;
        var request = ProxiedRequest.of(
                count.incrementAndGet(),
                write,
                method,
                incoming.uri(),
                incoming.getHeader("User-Agent"),
                body.toString());
        requests.add(request);
        // Each counts what it matches, also when an older one decides.
        var striking = rules.stream().filter(rule -> rule.isUp(request)).toList().stream()
                .findFirst();
        var blow = striking.map(Rule::strike);
        new Passage(vertx, upstream, incoming, request, body, blow, this::watched).begin();
    }

    /** A watch was opened; it is told what comes by. */
    private OpenWatch watched(OpenWatch watch) {
        watches.add(watch);
        watch.onEnd(() -> watches.remove(watch));
        watch.judgedBy(this::judge);
        openings.forEach(opening -> vertx.runOnContext(_ -> opening.accept(watch)));
        return watch;
    }

    private Optional<FrameRule> judge(ProxiedRequest request, Frame frame) {
        return frameRules.stream().filter(rule -> rule.strikes(request, frame)).findFirst();
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
