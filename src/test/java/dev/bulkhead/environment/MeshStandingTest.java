package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A mesh that is asked for and isn't there costs nothing but itself. */
class MeshStandingTest {

    private static final String MESHED = """
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec:
              classRef: {name: standard}
              clusterRef: {name: local}
              namespaces: [{name: web}]
              mesh: {provider: %s}
            ---
            kind: EnvironmentClass
            metadata: {name: standard}
            spec: {hubNamespaces: {}, clusters: [local]}
            ---
            kind: Capabilities
            version: v1.36.3
            offers: %s
            """;

    private static final String SERVES_CORE = "{apis: [{apiVersion: apps/v1, kinds: [Deployment]}]}";
    private static final String SERVES_LINKERD =
            "{apis: [{apiVersion: apps/v1, kinds: [Deployment]}], linkerd: {version: edge-26.8.3,"
                    + " outboundTransportMode: transparent}}";

    @Test
    void aMissingMeshIsSaid() {
        assertThat(condition("Linkerd", SERVES_CORE)).hasValueSatisfying(it -> {
            assertThat(it.getStatus()).isEqualTo("False");
            assertThat(it.getReason()).isEqualTo("MeshMissing");
            assertThat(it.getMessage()).contains("policy.linkerd.io", "Install Linkerd");
        });
    }

    @Test
    void aMeshThatIsThereIsSaidWithItsVersionAndMode() {
        assertThat(condition("Linkerd", SERVES_LINKERD)).hasValueSatisfying(it -> {
            assertThat(it.getStatus()).isEqualTo("True");
            assertThat(it.getMessage()).isEqualTo("Linkerd edge-26.8.3, outbound transport mode transparent");
        });
    }

    @Test
    void podsThatTheMeshMissedAreNamed() {
        assertThat(condition("Linkerd", SERVES_LINKERD, "shop-staging-web/api-1", "shop-staging-web/api-2"))
                .hasValueSatisfying(it -> {
                    assertThat(it.getStatus()).isEqualTo("False");
                    assertThat(it.getReason()).isEqualTo("PodsUnmeshed");
                    assertThat(it.getMessage())
                            .startsWith("2 pods that are to be in the mesh have no proxy: shop-staging-web/api-1,"
                                    + " shop-staging-web/api-2. The mesh refuses nothing");
                });
        assertThat(condition("Linkerd", SERVES_LINKERD, "a/1", "a/2", "a/3", "a/4", "a/5", "a/6"))
                .hasValueSatisfying(it -> assertThat(it.getMessage()).contains("a/5 and 1 more"));
    }

    @Test
    void whereThereIsNoMeshItsLackIsSaidAndNotThatOfEachProxy() {
        assertThat(condition("Linkerd", SERVES_CORE, "shop-staging-web/api-1"))
                .hasValueSatisfying(it -> assertThat(it.getReason()).isEqualTo("MeshMissing"));
        assertThat(condition("None", SERVES_LINKERD, "shop-staging-web/api-1")).isEmpty();
    }

    @Test
    void whereNothingIsKnownOrAskedForNothingIsSaid() {
        assertThat(condition("Linkerd", "{}")).isEmpty();
        assertThat(condition("None", SERVES_CORE)).isEmpty();
    }

    /** Or a moment without it would restart every pod, and its return once more. */
    @Test
    void thePlanIsTheSameWithAndWithoutIt() {
        assertThat(world("Linkerd", SERVES_CORE).plan().byRef())
                .isEqualTo(world("Linkerd", SERVES_LINKERD).plan().byRef());
    }

    private static Optional<Condition> condition(String provider, String offers, String... unmeshed) {
        var conditions = Conditions.after(List.of(), 1, Instant.EPOCH);
        MeshStanding.add(conditions, world(provider, offers).blueprint(), List.of(unmeshed));
        return Conditions.find(conditions.build(), MeshStanding.CONDITION);
    }

    private static World world(String provider, String offers) {
        return World.of(MESHED.formatted(provider, offers));
    }
}
