package dev.bulkhead.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One namespace serves all: what a manifest needs to be there before goes again with it. */
@BulkheadTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomResourceValidationIT {

    private final KubernetesSerialization serialization = new KubernetesSerialization();
    private final TestCluster cluster;
    private final KubernetesClient client;
    private final TestNamespace namespace;

    CustomResourceValidationIT(TestCluster cluster, KubernetesClient client, TestNamespace namespace) {
        this.cluster = cluster;
        // A duplicate in a named list is answered with 500, which the client would try ten times more.
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        this.namespace = namespace;
    }

    @ParameterizedTest
    @MethodSource("dev.bulkhead.api.ApiManifest#valid")
    void aValidManifestIsAccepted(ApiManifest manifest) {
        after(manifest, () -> assertThatCode(() -> dryRun(manifest.tried())).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("dev.bulkhead.api.ApiManifest#invalid")
    void anInvalidManifestIsRefusedWithItsMessage(ApiManifest manifest) {
        after(manifest, () -> assertThatThrownBy(() -> dryRun(manifest.tried()))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(manifest.expected()));
    }

    /** So that a plan made from files alone is the plan that the cluster gets. */
    @ParameterizedTest
    @MethodSource("dev.bulkhead.api.ApiManifest#valid")
    void whatTheServerFillsInIsWhatTheRecordsFillIn(ApiManifest manifest) {
        var local = here(manifest.object(serialization));

        var served = client.resource(local).dryRun().create();

        assertThat(served.getSpec()).isEqualTo(local.getSpec());
    }

    @ParameterizedTest
    @MethodSource
    void anExampleIsAccepted(Path file) throws IOException {
        try (var text = Files.newInputStream(file)) {
            client.load(text).items().stream()
                    .filter(object -> object.getApiVersion().startsWith("bulkhead.dev/"))
                    .map(this::here)
                    .forEach(object -> dryRun(serialization.asYaml(object)));
        }
    }

    static Stream<Path> anExampleIsAccepted() throws IOException {
        try (var files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    private void after(ApiManifest manifest, Runnable test) {
        manifest.before().forEach(document -> cluster.applyYaml(namespace, document));
        try {
            test.run();
        } finally {
            if (!manifest.before().isEmpty()) {
                client.resource(here(manifest.object(serialization))).delete();
            }
        }
    }

    private void dryRun(String document) {
        client.resource(document)
                .inNamespace(namespace.name())
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(TestCluster.TESTER)
                        .withFieldValidation("Strict")
                        .withDryRun(List.of("All"))
                        .build());
    }

    @AfterAll
    void close() {
        client.close();
    }

    private <T extends HasMetadata> T here(T object) {
        if (object instanceof Namespaced || object.getMetadata().getNamespace() != null) {
            object.getMetadata().setNamespace(namespace.name());
        }
        return object;
    }
}
