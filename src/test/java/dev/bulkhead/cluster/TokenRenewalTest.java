package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.cluster.kubeconfig.Kubeconfig;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.cluster.kubeconfig.OwnKubeconfig;
import dev.bulkhead.cluster.kubeconfig.TestAuthority;
import dev.bulkhead.kube.MockCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of a target is shown by ClusterAddIT, on a real one. */
class TokenRenewalTest {

    private static final Instant ISSUED = Instant.parse("2026-03-01T00:00:00Z");
    private static final URI SERVER = URI.create("https://203.0.113.7:6443");
    private static final String TOKEN =
            TokenRotationTest.token("system:serviceaccount:bulkhead-system:bulkhead", ISSUED, Duration.ofHours(48));
    private static final Kubeconfig KUBECONFIG = new Kubeconfig(SERVER, "PEM", new Credential.Token(TOKEN));

    private final MockCluster hub = new MockCluster();
    private final MockCluster target = new MockCluster();

    @AfterEach
    void close() {
        hub.close();
        target.close();
    }

    @Test
    void beforeHalfOfItsLifeNothingIsAsked() {
        target.vanish();

        assertThat(at(Duration.ofHours(1)).renew(secret("Enabled"), "kubeconfig", KUBECONFIG, target.client()))
                .isEmpty();
    }

    @Test
    void aTokenThatCannotBeRenewedIsToldOf() {
        var forever = new Kubeconfig(SERVER, "PEM", new Credential.Token("no-jwt"));

        assertThat(at(Duration.ofHours(1)).renew(secret("Enabled"), "kubeconfig", forever, target.client()))
                .hasValueSatisfying(it -> assertThat(it).contains(TokenRotation.ANNOTATION));
    }

    @Test
    void whatATargetGivesIsKeptOnlyIfItIsAToken() {
        var authority = new TestAuthority("target");
        var secret = secret("Enabled");
        try (var server = new FakeApiServer(authority, authority.serverAt("127.0.0.1"))
                        .answering("/api/v1/namespaces/bulkhead-system/serviceaccounts/bulkhead/token", 201, """
                                {"status": {"token": "x\\n  server: https://203.0.113.9"}}""");
                var clients = new TargetClients("bulkhead/test");
                var asked = clients.probing(server.kubeconfig(new Credential.Token(TOKEN)), () -> {})) {
            assertThat(at(Duration.ofHours(30)).renew(secret, "kubeconfig", KUBECONFIG, asked))
                    .hasValueSatisfying(it -> assertThat(it).contains("none of a ServiceAccount"));
        }
        assertThat(stored().getData()).isEqualTo(secret.getData());
    }

    @Test
    void aSecretThatIsNotMarkedIsLeftAlone() {
        target.vanish();

        assertThat(at(Duration.ofHours(30)).renew(secret("Disabled"), "kubeconfig", KUBECONFIG, target.client()))
                .isEmpty();
    }

    @Test
    void aCertificateIsLeftAlone() {
        var kubeconfig = new Kubeconfig(SERVER, "PEM", new Credential.Certificate("chain", "key"));

        assertThat(at(Duration.ofHours(30)).renew(secret("Enabled"), "kubeconfig", kubeconfig, target.client()))
                .isEmpty();
    }

    @Test
    void whenTheTargetIsAwayTheOldTokenStays() {
        var secret = secret("Enabled");
        target.vanish();

        assertThatThrownBy(() -> at(Duration.ofHours(30)).renew(secret, "kubeconfig", KUBECONFIG, target.client()))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(stored().getData()).isEqualTo(secret.getData());
    }

    private TokenRenewal at(Duration age) {
        return new TokenRenewal(hubClient(), Clock.fixed(ISSUED.plus(age), ZoneOffset.UTC));
    }

    private Secret secret(String rotation) {
        return hubClient()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("bulkhead-system")
                        .withName("staging")
                        .withAnnotations(Map.of(TokenRotation.ANNOTATION, rotation))
                        .endMetadata()
                        .withData(Map.of(
                                "kubeconfig",
                                Base64.getEncoder()
                                        .encodeToString(OwnKubeconfig.of(SERVER, "PEM", TOKEN)
                                                .getBytes(StandardCharsets.UTF_8))))
                        .build())
                .create();
    }

    private Secret stored() {
        return hubClient()
                .secrets()
                .inNamespace("bulkhead-system")
                .withName("staging")
                .require();
    }

    private KubernetesClient hubClient() {
        return hub.client();
    }
}
