package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.SeenCondition;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.runtime.Bulkhead;
import dev.bulkhead.runtime.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adoption with the rights of the chart alone, and behind its policies. Half a minute. */
@BulkheadTest
class AdoptBehindTheWallIT {

    private static final String STAGING = "shop/staging";

    private final TestCluster cluster;
    private KubernetesClient account;
    private Bulkhead operator;

    @TempDir
    private Path folder;

    AdoptBehindTheWallIT(@Another("adoption") TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void anOperatorBehindTheWall() throws IOException {
        var wall = new Wall(cluster);
        wall.namespace(Wall.SYSTEM, "");
        wall.putUp();
        account = wall.operator();
        cluster.apply("examples/quickstart/00-platform.yaml");
        cluster.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: legacy}
                spec:
                  hubNamespaces: {}
                  clusters: [local]
                  defaultCluster: local
                  ceilings: {pods: "20"}
                  adoptableNamespaces: [legacy]
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec:
                  classRef: {name: legacy}
                  namespaces: [{name: web, existingName: legacy}]
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: api, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  targetNamespace: web
                  image: registry.example.com/bulkhead/testapp:1
                  ports: [{name: http, port: 80, targetPort: 8080}]
                """);
        operator = new Bulkhead(
                new Settings(
                        Wall.SYSTEM,
                        Optional.empty(),
                        Optional.of("bulkhead"),
                        Settings.DEFAULTS.resync(),
                        Settings.DEFAULTS.parallelism(),
                        Settings.DEFAULTS.operationHistory()),
                account,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        operator.close();
        account.close();
    }

    @Test
    void whoOwnsTheClusterSaysWhatMayBeTaken() {
        var legacy = Legacy.made(cluster, "legacy", folder);
        operator.start();
        cluster.awaitCondition("environment", STAGING, "Stalled", "ForeignObject");

        assertThat(adopt("too-early", "Keep").message())
                .contains("kubectl label namespace legacy bulkhead.dev/adoptable=true");
        assertThat(cluster.get("namespace", "legacy").getMetadata().getLabels()).doesNotContainKey("bulkhead.dev/hub");

        legacy.kubectl("label", "namespace", "legacy", "bulkhead.dev/adoptable=true");
        assertThat(adopt("look", "Preview").message()).startsWith("3 objects would be taken");
        assertThat(adopt("take", "Apply").reason()).isEqualTo("Succeeded");
        assertThat(legacy.deployment().<List<Map<String, Object>>>get("spec", "template", "spec", "containers"))
                .extracting(it -> it.get("name"))
                .containsExactly("api");
    }

    /** What it came to. */
    private SeenCondition adopt(String name, String mode) {
        cluster.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {name: %s, namespace: shop}
                spec: {action: Adopt, environmentRef: {name: staging}, adopt: {namespaces: [legacy], mode: %s}}
                """.formatted(name, mode));
        cluster.await("operation", "shop/" + name, it -> it.get("status", "completionTime") != null);
        return SeenCondition.of(cluster.get("operation", "shop/" + name)).stream()
                .filter(SeenCondition::isTrue)
                .findFirst()
                .orElseThrow();
    }
}
