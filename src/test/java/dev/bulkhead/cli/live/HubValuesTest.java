package dev.bulkhead.cli.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.cli.manifest.Manifests;
import dev.bulkhead.cli.manifest.TextFile;
import dev.bulkhead.cli.plan.KnownSecrets;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of what is published only that can be told which is a copy of a value of the hub's. */
class HubValuesTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(UTF_8));

    @Test
    void aCopyIsToldFromAnotherValue() {
        assertThat(differs("stripe", Map.of("value", "b2xk"))).isTrue();
        assertThat(differs("stripe", Map.of())).isTrue();
        assertThat(differs("stripe", Map.of("value", "bmV3"))).isFalse();
    }

    @Test
    void ofWhatIsMadeNothingIsTold() {
        assertThat(differs("token", Map.of("value", "b2xk"))).isFalse();
    }

    @Test
    void anEntryOfAnotherEnvironmentIsAnotherOne() {
        assertThat(differs("elsewhere", Map.of("value", "b2xk"))).isFalse();
    }

    private static boolean differs(String entry, Map<String, String> data) {
        var published = new GenericKubernetesResource();
        published.setAdditionalProperty("data", data);
        return values().differ(new Ref(Kind.SECRET, "shop-staging-web", entry), published);
    }

    private static HubValues values() {
        var hub = Manifests.read(List.of(new TextFile("hub.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: stripe, namespace: shop}
                data: {token: bmV3}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: secrets, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  entries:
                  - {name: stripe, type: Static, from: {secretRef: {name: stripe, key: token}}}
                  - {name: token, type: Token}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: others, namespace: shop}
                spec:
                  environmentRef: {name: production}
                  entries:
                  - {name: elsewhere, type: Static, from: {secretRef: {name: stripe, key: token}}}
                """)), "shop");
        var known = KnownSecrets.exactly(
                hub, secret -> Map.of("token", DIGEST.of(secret.getData().get("token"))));
        return HubValues.of(new EnvironmentId("shop", "staging"), hub, known, DIGEST);
    }
}
