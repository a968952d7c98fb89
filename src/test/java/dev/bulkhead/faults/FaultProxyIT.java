package dev.bulkhead.faults;

import static dev.bulkhead.faults.Match.anything;
import static dev.bulkhead.faults.Match.verb;
import static dev.bulkhead.faults.Match.watch;
import static dev.bulkhead.faults.Match.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The proxy does what it is told, and nothing else: what is proved with it is worth as much as this. */
@BulkheadTest
@Tag("faults")
@Tag("fast-faults")
class FaultProxyIT {

    private final TestCluster cluster;
    private final FaultProxy proxy;
    private final KubernetesClient client;
    private String namespace;

    FaultProxyIT(TestCluster cluster, KubeCluster kube) {
        this.cluster = cluster;
        proxy = FaultProxy.before(kube);
        var config = Config.fromKubeconfig(proxy.kubeconfig());
        config.setRequestRetryBackoffLimit(0);
        config.setRequestTimeout(3_000);
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @BeforeEach
    void aNamespace(TestNamespace hub) {
        namespace = hub.name();
    }

    @AfterEach
    void nothingIsLeft() {
        proxy.heal();
        client.close();
        proxy.close();
    }

    @Test
    void whatIsNotStruckGoesThroughAndIsCounted() {
        create("a");
        client.configMaps().inNamespace(namespace).withName("a").get();
        create("b");

        assertThat(there("a", "b")).hasSize(2);
        assertThat(proxy.requests(write().kind("ConfigMap").in(namespace)))
                .extracting(ProxiedRequest::write)
                .containsExactly(1, 2);
        assertThat(proxy.requests(verb("get").kind("ConfigMap").named("a"))).hasSize(1);
    }

    @Test
    void aRefusedWriteNeverArrivesAndOnlyTheNthIs() {
        var rule = proxy.on(write().kind("ConfigMap")).nth(2).fail(503);

        create("a");
        assertThatThrownBy(() -> create("b"))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(503));
        create("c");

        assertThat(there("a", "b", "c")).containsExactly("a", "c");
        assertThat(rule.hits()).isEqualTo(1);
    }

    @Test
    void aLostReplyMeansThatItWasDone() {
        proxy.on(write().named("").kind("ConfigMap")).once().loseReply();

        assertThatThrownBy(() -> create("a")).isInstanceOf(KubernetesClientException.class);

        assertThat(there("a")).containsExactly("a");
    }

    @Test
    void aCutRequestNeverArrives() {
        proxy.on(write()).once().cut();

        assertThatThrownBy(() -> create("a")).isInstanceOf(KubernetesClientException.class);

        assertThat(there("a")).isEmpty();
    }

    @Test
    void aSwallowedRequestIsNeverAnswered() {
        proxy.on(write()).once().swallow();
        var before = Instant.now();

        assertThatThrownBy(() -> create("a")).isInstanceOf(KubernetesClientException.class);

        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
        assertThat(there("a")).isEmpty();
    }

    @Test
    void aHeldWriteArrivesWhenTheGateOpens() throws Exception {
        var gate = new CountDownLatch(1);
        proxy.on(write()).once().hold(gate);

        var writing = CompletableFuture.runAsync(() -> create("a"));
        await().until(() -> !proxy.requests(write()).isEmpty());
        assertThat(there("a")).isEmpty();
        gate.countDown();

        writing.get();
        assertThat(there("a")).containsExactly("a");
    }

    @Test
    void hooksRunBeforeAndAfterTheWrite() {
        var seen = new CopyOnWriteArrayList<Integer>();
        proxy.on(write()).nth(1).first(() -> seen.add(there("a", "b").size()));
        proxy.on(write()).nth(2).then(() -> seen.add(there("a", "b").size()));

        create("a");
        create("b");
        create("c");

        assertThat(seen).containsExactly(0, 2);
    }

    @Test
    void aReplyIsTruncatedRewrittenOrDenied() {
        create("a");
        proxy.on(verb("get")).once().truncateReply(20);
        assertThatThrownBy(() -> get("a")).isInstanceOf(KubernetesClientException.class);

        proxy.heal();
        proxy.on(verb("get")).once().rewriteReply(body -> body.replace("\"word\"", "\"another\""));
        assertThat(get("a").getData()).containsEntry("key", "another");

        proxy.heal();
        proxy.on(write()).once().denyReply(500);
        assertThatThrownBy(() -> create("b")).isInstanceOf(KubernetesClientException.class);
        assertThat(there("b")).containsExactly("b");
    }

    @Test
    void aTrickleIsSlow() {
        create("a");
        proxy.on(verb("get")).once().trickleReply(Duration.ofMillis(5));
        var before = Instant.now();

        assertThat(get("a").getData()).containsEntry("key", "word");

        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void aShareOfTheRequestsIsStruckAndTheSeedDecides() {
        var rule = proxy.on(write()).share(0.5, 42).fail(500);

        var failures = Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
                .filter(name -> {
                    try {
                        create(name);
                        return false;
                    } catch (KubernetesClientException _) {
                        return true;
                    }
                })
                .count();

        assertThat(failures).isEqualTo(rule.hits()).isBetween(1L, 7L);
    }

    @Test
    void singleEventsOfAWatchAreDroppedDoubledAndFrozen() throws IOException {
        var events = new CopyOnWriteArrayList<String>();
        try (var watching = watching(events)) {
            Objects.requireNonNull(watching);
            proxy.onEvents(watch().kind("ConfigMap"), it -> it.isAbout("dropped"))
                    .drop();
            proxy.onEvents(watch().kind("ConfigMap"), it -> it.isAbout("twice")).duplicate();
            var frozen = proxy.onEvents(watch().kind("ConfigMap"), it -> it.isAbout("frozen"))
                    .freeze();

            Stream.of("dropped", "twice", "frozen", "last").forEach(this::create);

            await().untilAsserted(() -> assertThat(events).containsExactly("twice", "twice", "last"));
            frozen.lift();
            await().untilAsserted(() -> assertThat(events).containsExactly("twice", "twice", "last", "frozen"));
        }
    }

    @Test
    void aWatchIsToldWhatNeverHappenedAndIsEnded() {
        var ends = new CopyOnWriteArrayList<String>();
        var events = new CopyOnWriteArrayList<String>();
        try (var watching = client.configMaps().inNamespace(namespace).watch(witness(events, ends))) {
            Objects.requireNonNull(watching);
            create("a");
            await().until(() -> events.contains("a"));
            var open = proxy.watches(watch().kind("ConfigMap")).getFirst();

            open.past().forEach(open::inject);
            await().untilAsserted(() ->
                    assertThat(events.stream().filter("a"::equals)).hasSize(2));
            open.inject(Frame.expired());

            await().untilAsserted(() -> assertThat(ends).hasSize(1));
            assertThat(proxy.watches(anything())).doesNotContain(open);
        }
    }

    @Test
    void aWatchByPlainHttpGoesThroughToo() throws Exception {
        var sslContext = SSLUtils.sslContext(client.getConfiguration());
        try (var http = HttpClient.newBuilder().sslContext(sslContext).build()) {
            proxy.onEvents(watch(), it -> it.isAbout("dropped")).drop();
            var lines = http.send(
                            HttpRequest.newBuilder(
                                            URI.create("%s/api/v1/namespaces/%s/configmaps?watch=true&timeoutSeconds=2"
                                                    .formatted(proxy.url(), namespace)))
                                    .build(),
                            BodyHandlers.ofLines())
                    .body();
            create("dropped");
            create("kept");

            var names = lines.map(Frame::of).map(Frame::name).toList();

            assertThat(names).contains("kept").doesNotContain("dropped");
        }
    }

    @Test
    void inTheDarkNothingArrivesUntilItIsLifted() {
        var dark = proxy.goDark();
        assertThatThrownBy(() -> create("a")).isInstanceOf(KubernetesClientException.class);
        dark.lift();

        create("b");

        assertThat(there("a", "b")).containsExactly("b");
    }

    private void create(String name) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withData(Map.of("key", "word"))
                        .build())
                .create();
    }

    private ConfigMap get(String name) {
        return client.configMaps().inNamespace(namespace).withName(name).get();
    }

    /** Which of these there are, as one sees who doesn't go through the proxy. */
    private List<String> there(String... names) {
        return Stream.of(names)
                .filter(name ->
                        cluster.find("configmap", namespace + "/" + name).isPresent())
                .toList();
    }

    private Watch watching(List<String> events) {
        return client.configMaps().inNamespace(namespace).watch(witness(events, new CopyOnWriteArrayList<>()));
    }

    private static Watcher<ConfigMap> witness(List<String> events, List<String> ends) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap object) {
                if (!object.getMetadata().getName().equals("kube-root-ca.crt")) {
                    events.add(object.getMetadata().getName());
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                ends.add(cause.getMessage());
            }
        };
    }
}
