package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Applier;
import dev.bulkhead.apply.Consent;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.cluster.Connection;
import dev.bulkhead.cluster.OperatorAccount;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two hubs with an environment of the same name on one target: neither touches what is the other's. */
@BulkheadTest
class TwoHubsIT {

    private final TestCluster cluster;
    private final KubeCluster kube;

    /** @param operator the first hub's */
    TwoHubsIT(TestCluster cluster, KubeCluster kube, OperatorUnderTest operator) {
        this.cluster = cluster;
        this.kube = kube;
    }

    @Test
    void theSecondIsToldWhoseItIsAndTouchesNothing(TestNamespace hub) {
        var staging = Staging.declared(cluster, hub);
        staging.awaitReady();
        var id = new EnvironmentId(hub.name(), "staging");
        var ownership = new Ownership("the-second-hub", id, "uid of the second");
        var before = versions(staging);

        try (var client = kube.client(Audit.OPERATOR);
                var executor = Executors.newVirtualThreadPerTaskExecutor();
                var target = Connection.open(
                        client,
                        ownership.hubId(),
                        OperatorAccount.NONE,
                        ClusterCapabilities.UNKNOWN,
                        new Digest("of the second".getBytes(StandardCharsets.UTF_8)),
                        (_, _) -> Map.of(),
                        Clock.systemUTC(),
                        _ -> {})) {
            var applier = new Applier(
                    new Digest("of the second".getBytes(StandardCharsets.UTF_8)), executor, Clock.systemUTC());

            var outcome = applier.apply(new Plan(id, entries(staging, ownership)), ownership, target, Consent.NONE);
            assertThat(outcome.all(Applied.Foreign.class)
                            .findFirst()
                            .orElseThrow()
                            .message())
                    .contains("environment %s/staging of hub".formatted(hub));
            assertThat(outcome.all(Applied.Created.class)).isEmpty();

            var end = applier.apply(new Plan(id, List.of()), ownership, target, Consent.NONE);
            assertThat(end.complete()).isTrue();
        }

        assertThat(versions(staging)).isEqualTo(before);
        staging.awaitReady();
    }

    private static List<Entry> entries(Staging staging, Ownership ownership) {
        return Stream.<HasMetadata>of(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(staging.web())
                                .withLabels(ownership.labels())
                                .endMetadata()
                                .build(),
                        new NetworkPolicyBuilder()
                                .withNewMetadata()
                                .withNamespace(staging.web())
                                .withName("deny-all")
                                .withLabels(ownership.labels())
                                .endMetadata()
                                .withNewSpec()
                                .withNewPodSelector()
                                .endPodSelector()
                                .withPolicyTypes("Ingress", "Egress")
                                .endSpec()
                                .build())
                .map(it -> (Entry) new Entry.ObjectEntry(
                        it,
                        it.getKind().equals("Namespace") ? Level.NAMESPACE : Level.DENY,
                        Origin.environment("staging")))
                .toList();
    }

    private List<String> versions(Staging staging) {
        return Stream.of(
                        cluster.get("namespace", staging.web()),
                        cluster.get("networkpolicy", staging.web() + "/deny-all"))
                .map(it -> it.getMetadata().getUid() + " " + it.getMetadata().getLabels())
                .toList();
    }
}
