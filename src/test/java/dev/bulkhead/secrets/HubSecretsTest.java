package dev.bulkhead.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.apply.Digest;
import dev.bulkhead.kube.MockCluster;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a Secret its hashes are known, its value is read when it is needed, and who has to look is told. */
class HubSecretsTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));

    private final MockCluster cluster = new MockCluster();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final HubSecrets secrets = new HubSecrets(cluster.client(), DIGEST, told::add);

    @BeforeEach
    void aSecretThatIsWatched() {
        secret("first");
        secrets.watch("shop");
        secrets.awaitFirstLists();
        await().until(() -> !told.isEmpty());
        told.clear();
    }

    @AfterEach
    void end() {
        secrets.close();
        cluster.close();
    }

    @Test
    void ofAValueOnlyItsKeyedHashIsKept() {
        assertThat(secrets.find("shop")).isEqualTo(Map.of("stripe", Map.of("token", DIGEST.of(base64("first")))));
        assertThat(secrets.find("shop").toString()).doesNotContain("first", base64("first"));
    }

    @Test
    void whereNobodyWatchesNothingIsKnown() {
        assertThat(secrets.find("other")).isEmpty();
    }

    @Test
    void aChangedValueIsTold() {
        secret("second");

        await().untilAsserted(() -> assertThat(told).containsExactly("shop"));
        assertThat(secrets.find("shop")).isEqualTo(Map.of("stripe", Map.of("token", DIGEST.of(base64("second")))));
    }

    @Test
    void whatIsNoValueIsNotTold() {
        cluster.client().secrets().inNamespace("shop").withName("stripe").edit(it -> new SecretBuilder(it)
                .editMetadata()
                .addToLabels("team", "shop")
                .endMetadata()
                .build());
        // The watch tells in order: when it has told of this one, it would have told of that.
        other();

        await().until(() -> secrets.find("shop").containsKey("other"));
        assertThat(told).containsExactly("shop");
    }

    @Test
    void aSecretThatGoesIsToldAndForgotten() {
        cluster.client().secrets().inNamespace("shop").withName("stripe").delete();

        await().untilAsserted(() -> assertThat(told).containsExactly("shop"));
        assertThat(secrets.find("shop")).isEmpty();
    }

    private void secret(String value) {
        put("stripe", value);
    }

    private void other() {
        put("other", "value");
    }

    private void put(String name, String value) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata()
                .addToData("token", base64(value))
                .build();
        var resource = cluster.client().resource(secret);
        if (resource.get() == null) {
            resource.create();
        } else {
            resource.update();
        }
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
