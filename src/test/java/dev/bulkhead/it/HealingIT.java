package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is broken by hand is whole again, while one watches. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class HealingIT {

    private final TestCluster cluster;
    private TestNamespace hub;
    private String web;

    HealingIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @BeforeEach
    void theQuickstartIsReady(TestNamespace hub) {
        this.hub = hub;
        web = hub + "-staging-web";
        cluster.apply("examples/quickstart", hub);
        cluster.awaitReady(hub.of("staging"));
    }

    @Test
    void killedPodsAreReplacedAndTheEnvironmentIsReadyAgain() {
        var pods = cluster.client().pods().inNamespace(web);
        var killed = pods.list().getItems().stream()
                .map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());

        pods.withGracePeriod(0).delete();

        cluster.eventually(() -> assertThat(pods.list().getItems())
                .hasSize(3)
                .allMatch(pod -> !killed.contains(pod.getMetadata().getUid()))
                .allMatch(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"))));
        cluster.awaitReady(hub.of("staging"));
    }

    @Test
    void anEditedDeploymentIsAsDeclaredAgain() {
        cluster.patch("deployment", web + "/api", "{\"spec\":{\"replicas\":0}}", "mallory");

        cluster.await("deployment", web + "/api", found -> found.get("spec", "replicas")
                .equals(2));
        cluster.awaitReady(hub.of("staging"));
    }

    @Test
    void aDeletedDeploymentIsBack() {
        cluster.delete("deployment", web, "api");

        cluster.await("deployment", web, "api");
        cluster.awaitReady(hub.of("staging"));
    }

    @Test
    void aDeletedNamespaceIsBackWithAllThatWasInIt() {
        var before = uid();

        cluster.delete("namespace", web);

        cluster.await(
                "namespace",
                web,
                found -> !found.getMetadata().getUid().equals(before)
                        && found.getMetadata().getDeletionTimestamp() == null);
        cluster.awaitReady("workload", hub.of("staging-api"));
        cluster.awaitReady("workload", hub.of("staging-frontend"));
        cluster.awaitReady(hub.of("staging"));
        assertThat(cluster.find("networkpolicy", web + "/deny-all")).isPresent();
        assertThat(cluster.find("deployment", web + "/api")).isPresent();
    }

    private String uid() {
        return cluster.get("namespace", web).getMetadata().getUid();
    }
}
