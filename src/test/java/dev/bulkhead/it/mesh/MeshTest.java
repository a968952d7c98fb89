package dev.bulkhead.it.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.MockCluster;
import org.junit.jupiter.api.Test;

/** When {@link MeshedIT} is skipped, and what is said then. That a control plane is looked for is tried where its kinds are served. */
class MeshTest {

    @Test
    void aClusterWithoutTheKindsOfLinkerdHasNoMesh() {
        try (var cluster = new MockCluster()) {
            assertThat(new Mesh(cluster.client()).missing()).hasValueSatisfying(it -> assertThat(it)
                    .startsWith("this cluster serves no policy.linkerd.io/v1beta3 Server")
                    .endsWith("set BULKHEAD_KUBECONFIG to one with Linkerd"));
        }
    }
}
