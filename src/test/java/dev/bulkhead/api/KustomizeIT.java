package dev.bulkhead.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.EnvironmentVariable;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

@BulkheadTest
class KustomizeIT {

    @Test
    void anOverlayChangesTheImageAndOneVariableAndKeepsTheRest(TestCluster cluster) {
        var built = cluster.kubectl(
                "kustomize", "--load-restrictor", "LoadRestrictionsNone", "src/test/resources/kustomize/overlay");

        assertThat(built.errors()).isEmpty();
        var workload = new KubernetesSerialization().unmarshal(built.output(), Workload.class);
        assertThat(workload.getSpec().image()).isEqualTo("registry.example.com/shop/api:1.5.0");
        assertThat(workload.getSpec().env())
                .containsExactlyInAnyOrder(
                        new EnvironmentVariable("LOG_LEVEL", "debug", null, null),
                        new EnvironmentVariable("REGION", "eu", null, null));
        assertThat(workload.getSpec().ports()).extracting(WorkloadPort::name).containsExactlyInAnyOrder("http", "grpc");
    }
}
