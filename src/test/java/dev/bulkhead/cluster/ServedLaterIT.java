package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.cluster.capability.CapabilityReading;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OtherDefinitions;
import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A mesh that is installed after us, and one that is taken away while we look. */
@BulkheadTest
class ServedLaterIT {

    private static final String HUB = "hub-of-served-later";
    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
    private static final GenericKubernetesResource SERVER_8080 = new GenericKubernetesResourceBuilder()
            .withApiVersion(Kind.SERVER.apiVersion())
            .withKind(Kind.SERVER.kind())
            .withNewMetadata()
            .withNamespace("default")
            .withName("api-8080")
            .withLabels(new Ownership(HUB, STAGING, "").labels())
            .endMetadata()
            .addToAdditionalProperties("spec", Map.of("port", 8080, "podSelector", Map.of(), "accessPolicy", "deny"))
            .build();
    private static final Ref SERVER = Ref.of(SERVER_8080);

    @Test
    void kindsThatComeAreWatchedAndKindsThatGoAreForgotten(@Another("east") TestCluster cluster) {
        var client = cluster.client();
        var woken = ConcurrentHashMap.<EnvironmentId>newKeySet();
        try (var connection = Connection.open(
                client,
                HUB,
                OperatorAccount.NONE,
                CapabilityReading.of(client, "v1.36.3"),
                new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8)),
                (_, _) -> Map.of(),
                Clock.systemUTC(),
                woken::add)) {
            assertThat(connection.capabilities().served()).doesNotContain(Kind.SERVER, Kind.HTTP_ROUTE, Kind.TLS_ROUTE);

            OtherDefinitions.applyTo(cluster, "linkerd", "gateway-api");
            cluster.apply(SERVER_8080, Ownership.MANAGER);
            connection.offer(CapabilityReading.of(client, "v1.36.3")).join();

            assertThat(connection.capabilities().served()).contains(Kind.SERVER, Kind.HTTP_ROUTE, Kind.TLS_ROUTE);
            assertThat(connection.observed(SERVER)).isPresent();
            assertThat(woken).contains(STAGING);
            assertThat(connection.isInDoubt()).isFalse();

            tellsOfServiceProfiles(cluster, connection, woken);

            OtherDefinitions.removeFrom(cluster, "linkerd", "gateway-api");
            assertThatThrownBy(() -> connection.apply(SERVER, SERVER_8080, Ownership.MANAGER, true))
                    .isInstanceOf(KubernetesClientException.class);
            assertThat(connection.isInDoubt()).isTrue();
            connection.offer(CapabilityReading.of(client, "v1.36.3")).join();

            assertThat(connection.capabilities().unserved()).contains(Kind.SERVER, Kind.HTTP_ROUTE, Kind.TLS_ROUTE);
            assertThat(connection.observed(SERVER)).isEmpty();
            assertThat(connection.profiled(Set.of("profiled"))).isEmpty();
        }
    }

    /** Whoever they are beside looks again when one comes and when it goes. */
    private static void tellsOfServiceProfiles(TestCluster cluster, Connection connection, Set<EnvironmentId> woken) {
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName("profiled")
                .withLabels(new Ownership(HUB, STAGING, "").labels())
                .endMetadata()
                .build();
        cluster.client().resource(namespace).create();
        cluster.eventually(
                () -> assertThat(connection.observed(Ref.namespace("profiled"))).isPresent());
        woken.clear();

        cluster.applyYaml("""
                apiVersion: linkerd.io/v1alpha2
                kind: ServiceProfile
                metadata: {name: api.profiled.svc.cluster.local, namespace: profiled}
                spec: {routes: []}
                """);
        cluster.eventually(() -> assertThat(woken).contains(STAGING));
        assertThat(connection.profiled(Set.of("profiled"))).containsExactly("api.profiled.svc.cluster.local");
        assertThat(connection.foreign(Set.of("profiled")).objects())
                .extracting(it -> it.getKind())
                .containsExactly("ServiceProfile");
        assertThat(connection.profiled(Set.of("default"))).isEmpty();

        woken.clear();
        cluster.delete("serviceprofile", "profiled", "api.profiled.svc.cluster.local");
        cluster.eventually(() -> assertThat(woken).contains(STAGING));
        assertThat(connection.profiled(Set.of("profiled"))).isEmpty();
    }
}
