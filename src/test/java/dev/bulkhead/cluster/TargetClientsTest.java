package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.cluster.kubeconfig.Kubeconfig;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.cluster.kubeconfig.TestAuthority;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetClientsTest {

    private static final String OUR_OWN = "our-own-service-account-token";
    private static final String VERSION = """
            {"major": "1", "minor": "36", "gitVersion": "v1.36.3", "buildDate": "2026-01-01T00:00:00Z"}
            """;

    private final TestAuthority authority = new TestAuthority("target");
    private final FakeApiServer server =
            new FakeApiServer(authority, authority.serverAt("127.0.0.1")).answering("/version", 200, VERSION);
    private final TargetClients clients = new TargetClients("bulkhead/test");
    private final AtomicInteger refusals = new AtomicInteger();
    private final Map<String, String> planted = Map.of(
            Config.KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN_FILE_SYSTEM_PROPERTY, "token",
            Config.KUBERNETES_OAUTH_TOKEN_SYSTEM_PROPERTY, OUR_OWN,
            Config.KUBERNETES_AUTH_BASIC_USERNAME_SYSTEM_PROPERTY, "",
            Config.KUBERNETES_HTTPS_PROXY, "http://127.0.0.1:1",
            Config.KUBERNETES_IMPERSONATE_USERNAME, "somebody-else");

    @BeforeEach
    void plantOurOwnTokenWhereTheLibraryLooks(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("token"), OUR_OWN);
        planted.forEach(
                (property, value) -> System.setProperty(property, value.equals("token") ? file.toString() : value));
        System.setProperty(
                Config.KUBERNETES_KUBECONFIG_FILE, folder.resolve("none").toString());
    }

    @AfterEach
    void takeItAway() {
        planted.keySet().forEach(System::clearProperty);
        System.clearProperty(Config.KUBERNETES_KUBECONFIG_FILE);
        clients.close();
        server.close();
    }

    /** Or the tests here would look for something that isn't there. */
    @Test
    void theLibraryByItselfWouldSendIt() {
        assertThat(new ConfigBuilder()
                        .withMasterUrl(server.url().toString())
                        .build()
                        .getAutoOAuthToken())
                .isEqualTo(OUR_OWN);
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void ourOwnTokenNeverLeaves(Credential credential) {
        try (var client = clients.probing(kubeconfig(credential), () -> {})) {
            assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.3");
        }

        assertThat(server.received()).isNotEmpty().allSatisfy(it -> assertThat(it.headers())
                .doesNotContain(OUR_OWN)
                .doesNotContain("somebody-else"));
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void ourOwnTokenNeverLeavesWhenTheOtherIsRefused(Credential credential) {
        server.answering("/version", 401, "{}").answering("/api/v1/namespaces", 401, "{}");
        try (var client = clients.working(kubeconfig(credential), () -> true, refusals::incrementAndGet)) {
            assertThatThrownBy(client::getKubernetesVersion).isInstanceOf(KubernetesClientException.class);
            assertThatThrownBy(() -> client.namespaces().list()).isInstanceOf(KubernetesClientException.class);
            assertThatThrownBy(() -> client.namespaces().watch(new Ignoring()))
                    .isInstanceOf(KubernetesClientException.class);
        }

        assertThat(server.received()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(it -> assertThat(it.headers())
                .doesNotContain(OUR_OWN));
        assertThat(refusals).hasValueGreaterThanOrEqualTo(3);
    }

    static Stream<Credential> credentials() {
        return Stream.of(new Credential.Token("of-the-target"), new Credential.Certificate("", ""));
    }

    @Test
    void aRefusalIsToldOnceAndNotTriedAgain() {
        server.answering("/version", 401, "{}");
        try (var client = clients.probing(kubeconfig(new Credential.Token("old")), refusals::incrementAndGet)) {
            assertThatThrownBy(client::getKubernetesVersion).isInstanceOf(KubernetesClientException.class);
        }

        assertThat(server.received()).hasSize(1);
        assertThat(refusals).hasValue(1);
    }

    @Test
    void theTokenOfTheTargetIsShown() {
        try (var client = clients.probing(kubeconfig(new Credential.Token("of-the-target")), () -> {})) {
            client.getKubernetesVersion();
        }

        assertThat(server.received()).singleElement().satisfies(it -> assertThat(it.headers())
                .contains("Authorization: Bearer of-the-target", "User-agent: bulkhead/test"));
    }

    @Test
    void aClientCertificateIsShown() {
        try (var client = clients.probing(kubeconfig(new Credential.Certificate("", "")), () -> {})) {
            client.getKubernetesVersion();
        }

        assertThat(server.received())
                .singleElement()
                .satisfies(it -> assertThat(it.client()).isEqualTo("CN=bulkhead"))
                .satisfies(it -> assertThat(it.headers()).doesNotContain("Authorization"));
    }

    @Test
    void aServerOfAnotherAuthorityHearsNothing() {
        var other = new TestAuthority("another");
        var kubeconfig = new Kubeconfig(server.url(), other.certificate(), new Credential.Token("of-the-target"));
        try (var client = clients.probing(kubeconfig, () -> {})) {
            assertThatThrownBy(client::getKubernetesVersion).isInstanceOf(KubernetesClientException.class);
        }

        assertThat(server.received()).isEmpty();
    }

    @Test
    void aServerWithTheCertificateOfAnotherHostHearsNothing() {
        try (var wrong = new FakeApiServer(authority, authority.server("cluster.example.com"));
                var client = clients.probing(
                        new Kubeconfig(wrong.url(), authority.certificate(), new Credential.Token("x")), () -> {})) {
            assertThatThrownBy(client::getKubernetesVersion).isInstanceOf(KubernetesClientException.class);

            assertThat(wrong.received()).isEmpty();
        }
    }

    @Test
    void aServerThatSendsElsewhereIsNotFollowed() {
        try (var inside = new FakeApiServer(authority, authority.serverAt("127.0.0.1"))
                        .answering("/version", 200, VERSION);
                var client = clients.probing(kubeconfig(new Credential.Token("of-the-target")), () -> {})) {
            for (var code : List.of(301, 302, 307, 308)) {
                server.answering("/version", code, "", Map.of("Location", inside.url() + "/version"));
                assertThatThrownBy(client::getKubernetesVersion).isInstanceOf(RuntimeException.class);
            }

            assertThat(inside.received()).isEmpty();
        }
    }

    @Test
    void withoutTheRightToWriteOnlyQuestionsAreSent() {
        var mayWrite = new AtomicBoolean();
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("x")
                .endMetadata()
                .build();
        server.answering("/api/v1/namespaces/default/configmaps", 201, "{}");
        try (var client = clients.working(kubeconfig(new Credential.Token("x")), mayWrite::get, () -> {})) {
            client.getKubernetesVersion();
            assertThatThrownBy(() -> client.resource(map).create()).isInstanceOf(KubernetesClientException.class);
            assertThat(server.received()).hasSize(1);

            mayWrite.set(true);
            client.resource(map).create();
            assertThat(server.received()).hasSize(2);
        }
    }

    @Test
    void closingOneClientLeavesTheOthers() {
        var first = clients.probing(kubeconfig(new Credential.Token("x")), () -> {});
        var second = clients.probing(kubeconfig(new Credential.Token("x")), () -> {});
        first.getKubernetesVersion();
        first.close();

        assertThat(second.getKubernetesVersion().getGitVersion()).isEqualTo("v1.36.3");
        second.close();
    }

    /** One engine for all: what a client costs is not a thread. */
    @Test
    void thirtyMoreClientsNeedNoMoreThreads() {
        var thirty = askedBy(30);
        var before = Thread.activeCount();
        var thirtyMore = askedBy(30);

        assertThat(Thread.activeCount() - before).isLessThan(5);
        Stream.concat(thirty.stream(), thirtyMore.stream()).forEach(KubernetesClient::close);
    }

    private List<KubernetesClient> askedBy(int count) {
        var made = IntStream.range(0, count)
                .mapToObj(_ -> clients.probing(kubeconfig(new Credential.Token("x")), () -> {}))
                .toList();
        made.forEach(KubernetesClient::getKubernetesVersion);
        return made;
    }

    @Test
    void aServerThatSaysNothingCostsNoMoreThanItsTimeout() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var client = clients.leading(
                        new Kubeconfig(
                                URI.create("https://127.0.0.1:" + silent.getLocalPort()),
                                authority.certificate(),
                                new Credential.Token("x")),
                        () -> {})) {
            var start = System.nanoTime();
            assertThatThrownBy(client::getKubernetesVersion).isInstanceOf(KubernetesClientException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    private Kubeconfig kubeconfig(Credential credential) {
        if (credential instanceof Credential.Certificate) {
            var client = authority.client("bulkhead");
            return server.kubeconfig(new Credential.Certificate(client.certificate(), client.key()));
        }
        return server.kubeconfig(credential);
    }

    private static final class Ignoring implements Watcher<Namespace> {

        @Override
        public void eventReceived(Action action, Namespace namespace) {
            // Nothing comes.
        }

        @Override
        public void onClose(WatcherException cause) {
            // It never opened.
        }
    }
}
