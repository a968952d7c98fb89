package dev.bulkhead.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

/** What every other test on a cluster relies on. */
@BulkheadTest
class BulkheadExtensionIT {

    @Test
    void theAuditLogTellsWhoWroteWhat(TestCluster cluster, TestNamespace namespace, Audit audit) {
        cluster.applyYaml(namespace, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: one}
                """);

        assertThat(audit.writes("bulkhead-test")).singleElement().satisfies(write -> {
            assertThat(write.resource()).isEqualTo("configmaps");
            assertThat(write.namespace()).isEqualTo(namespace.name());
            assertThat(write.name()).isEqualTo("one");
        });
    }

    @Test
    void aTestMayHaveASecondCluster(TestCluster cluster, @Another("east") TestCluster east, TestNamespace namespace) {
        assertThat(cluster.find("namespace", namespace.name())).isPresent();
        assertThat(east.find("namespace", namespace.name())).isEmpty();
    }

    @Test
    void anotherClusterMayBecomeATarget(
            TestCluster hub, @Another("east") Remote east, @Another("east") TestCluster there) {
        east.join();

        assertThat(hub.get("targetcluster", "east").<String>get("spec", "kubeconfig", "secretRef", "name"))
                .isEqualTo("east");
        assertThat(hub.find("secret", "bulkhead-system/east")).isPresent();
        assertThat(there.find("targetcluster", "east")).isEmpty();

        east.leave();
        assertThat(hub.find("targetcluster", "east")).isEmpty();
    }

    @Test
    void aNamespaceBelongsToATeam(KubernetesClient client, TestNamespace namespace) {
        assertThat(client.namespaces()
                        .withName(namespace.name())
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry("bulkhead.dev/team", "true");
    }

    @Test
    void ourKindsAreServed(TestCluster cluster, TestNamespace namespace) {
        assertThat(cluster.list("workloads", namespace.name())).isEmpty();
        assertThat(cluster.list("Environment", namespace.name())).isEmpty();
    }
}
