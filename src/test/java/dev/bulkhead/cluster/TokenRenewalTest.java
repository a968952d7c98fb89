package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.KubeconfigSecretRef;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.cluster.kubeconfig.AddressRules;
import dev.bulkhead.cluster.kubeconfig.AddressRules.HubNetwork;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.cluster.kubeconfig.OwnKubeconfig;
import dev.bulkhead.cluster.kubeconfig.Vetting;
import dev.bulkhead.kube.MockCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        assertThat(asked(Duration.ofHours(23), secret("Enabled"), KUBECONFIG, "kubeconfig"))
                .isZero();
    }

    @Test
    void aSecretThatIsNotMarkedIsLeftAlone() {
        assertThat(asked(Duration.ofHours(30), secret("Disabled"), KUBECONFIG, "kubeconfig"))
                .isZero();
    }

    @Test
    void aCertificateIsLeftAlone() {
        var kubeconfig = new Kubeconfig(SERVER, "PEM", new Credential.Certificate("chain", "key"));

        assertThat(asked(Duration.ofHours(30), secret("Enabled"), kubeconfig, "kubeconfig"))
                .isZero();
    }

    @Test
    void whereTheKeyIsNotNamedNothingIsStored() {
        assertThat(asked(Duration.ofHours(30), secret("Enabled"), KUBECONFIG, null))
                .isZero();
    }

    @Test
    void aTargetThatRefusesIsNotAskedAgainForAWhileAndTheOldTokenStays() {
        var secret = secret("Enabled");

        assertThat(asked(Duration.ofHours(30), secret, KUBECONFIG, "kubeconfig"))
                .isOne();
        assertThat(stored().getData()).isEqualTo(secret.getData());
    }

    /** How often the target was asked by two looks right after each other. */
    private int asked(Duration age, Secret secret, Kubeconfig kubeconfig, @Nullable String key) {
        var renewal = new TokenRenewal(
                new KubeconfigSecret(
                        hub.client(),
                        "bulkhead-system",
                        new Vetting(new AddressRules(List.of(), () -> HubNetwork.UNKNOWN), _ -> new InetAddress[0]),
                        new Digest(new byte[] {1})),
                Clock.fixed(ISSUED.plus(age), ZoneOffset.UTC));
        var ref = new KubeconfigSecretRef(secret.getMetadata().getName(), key);
        renewal.renew(ref, kubeconfig, target.client());
        renewal.renew(ref, kubeconfig, target.client());
        return target.requests();
    }

    private Secret secret(String rotation) {
        return hub.client()
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
        return hub.client()
                .secrets()
                .inNamespace("bulkhead-system")
                .withName("staging")
                .require();
    }
}
