package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.api.v1alpha1.KubeconfigSecretRef;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.cluster.kubeconfig.AddressRules;
import dev.bulkhead.cluster.kubeconfig.AddressRules.HubNetwork;
import dev.bulkhead.cluster.kubeconfig.OwnKubeconfig;
import dev.bulkhead.cluster.kubeconfig.Resolution;
import dev.bulkhead.cluster.kubeconfig.TestAuthority;
import dev.bulkhead.cluster.kubeconfig.Vetting;
import dev.bulkhead.kube.MockCluster;
import dev.bulkhead.leadership.Tenure;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thread that looks after a cluster, before it reaches one. How it goes on: TargetClusterIT, TargetFaultsIT. */
class ConnectorTest {

    private static final String SYSTEM = "bulkhead-system";
    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));

    private final MockCluster hub = new MockCluster();
    private final TargetClients targets = new TargetClients("bulkhead/test");
    private final AtomicInteger resolved = new AtomicInteger();

    @AfterEach
    void close() {
        targets.close();
        hub.close();
    }

    @Test
    void anErrorIsTroubleLikeAnyOtherAndTheClusterIsLookedAtAgain() {
        try (var connector = connector(this::overflowAtFirst, Optional.empty())) {
            connector.start();

            await().untilAsserted(
                            () -> assertThat(connector.state().link()).isInstanceOfSatisfying(Link.Broken.class, it -> {
                                assertThat(it.reason()).isEqualTo(Reason.ClusterUnreachable);
                                assertThat(it.message()).contains("has no address");
                            }));
            assertThat(resolved).hasValueGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void itBeginsWhenTheOneBeforeItHasEnded() {
        var ended = new CountDownLatch(1);
        var before = Thread.ofVirtual().start(() -> await().until(() -> ended.getCount() == 0));
        try (var connector = connector(this::overflowAtFirst, Optional.of(before))) {
            connector.start();
            connector.prompt();
            assertThat(resolved).hasValue(0);
            assertThat(connector.state().link()).isInstanceOf(Link.Connecting.class);

            ended.countDown();

            await().untilAsserted(() -> assertThat(resolved).hasPositiveValue());
        }
    }

    private InetAddress[] overflowAtFirst(String host) throws UnknownHostException {
        if (resolved.incrementAndGet() == 1) {
            throw new StackOverflowError();
        }
        throw new UnknownHostException(host);
    }

    private Connector connector(Resolution resolution, Optional<Thread> before) {
        var client = hub.client();
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(SYSTEM)
                        .withName("staging")
                        .endMetadata()
                        .withData(Map.of("kubeconfig", encoded()))
                        .build())
                .create();
        var clock = Clock.systemUTC();
        var vetting = new Vetting(new AddressRules(List.of(), () -> HubNetwork.UNKNOWN), resolution);
        return new Connector(
                "staging",
                new KubeconfigSecretRef("staging", null),
                new ConnectionContext(
                        "hub",
                        "test",
                        new Tenure(System::nanoTime),
                        targets,
                        new KubeconfigSecret(client, SYSTEM, vetting, DIGEST),
                        new TokenRenewal(client, clock),
                        new Pins(client, SYSTEM, clock),
                        nobody(),
                        new Uninhabited(),
                        DIGEST,
                        (_, _) -> Map.of(),
                        new SimpleMeterRegistry(),
                        clock,
                        _ -> {}),
                before,
                () -> {});
    }

    /** No cluster is reached here, so none is compared with our own. */
    @SuppressWarnings("NullAway")
    private static Connection nobody() {
        return null;
    }

    private static String encoded() {
        var text = OwnKubeconfig.of(
                URI.create("https://cluster.example.com:6443"), new TestAuthority("target").certificate(), "x");
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
