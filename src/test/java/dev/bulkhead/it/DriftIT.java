package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What others change of ours is put back once, and said; what is theirs stays. All tests share one environment. */
@BulkheadTest(needs = NodeKind.SIMULATED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftIT {

    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private final TestCluster cluster;
    private TestNamespace hub;
    private Audit audit;
    private String web;

    DriftIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @BeforeAll
    void theQuickstartIsReadyAndQuiet(TestNamespace hub, Audit audit) {
        this.hub = hub;
        this.audit = audit;
        web = hub + "-staging-web";
        cluster.apply("examples/quickstart", hub);
        cluster.awaitReady(hub.of("staging"));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
    }

    /** Each test waits for quiet before it ends. */
    @BeforeEach
    void theOthersAreForgotten() {
        audit.mark();
    }

    @Test
    void aNetworkPolicyDeletedByHandIsBackOnce() {
        cluster.delete("networkpolicy", web, "deny-all");

        cluster.await("networkpolicy", web, "deny-all");
        cluster.eventually(() -> assertThat(cluster.events(hub.of("staging")))
                .anyMatch(event -> event.reason().equals("DriftRepaired")
                        && event.message().contains("deny-all had been deleted")));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(audit.writesTo("networkpolicies")).hasSize(1);
    }

    @Test
    void anEditIsPutBackOnceAndTheEventNamesWhoDidIt() {
        cluster.patch("networkpolicy", web + "/deny-all", "{\"spec\":{\"policyTypes\":[\"Egress\"]}}", "mallory");

        cluster.await("networkpolicy", web + "/deny-all", found -> found.get("spec", "policyTypes")
                .toString()
                .contains("Ingress"));
        cluster.eventually(() -> assertThat(cluster.events(hub.of("staging")))
                .anyMatch(event -> event.reason().equals("DriftRepaired")
                        && event.message().contains("mallory")));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(audit.writesTo("networkpolicies")).hasSize(1);
    }

    @Test
    void aLabelOfSomebodyElseStaysAndCostsNothing() {
        cluster.patch(
                "networkpolicy", web + "/deny-all", "{\"metadata\":{\"labels\":{\"theirs\":\"yes\"}}}", "neighbour");

        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);

        assertThat(audit.writesTo("networkpolicies")).isEmpty();
        assertThat(cluster.get("networkpolicy", web + "/deny-all").getMetadata().getLabels())
                .containsEntry("theirs", "yes");
    }

    @Test
    void aPolicyOfSomebodyElseThatOpensTheDenialIsSaidAndStaysAndIsForgottenWhenItGoes() {
        cluster.applyYaml("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: let-me-in, namespace: %s}
                spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}}]}]}
                """.formatted(web));

        cluster.eventually(() -> assertThat(cluster.conditions("environment", hub.of("staging"))
                        .get("Separated")
                        .message())
                .contains("NetworkPolicy " + web + "/let-me-in opens */* -> " + web + "/"));
        assertThat(cluster.get("environment", hub.of("staging")).<Integer>get("status", "reach", "extra"))
                .isPositive();
        cluster.awaitReady(hub.of("staging"));

        cluster.delete("networkpolicy", web, "let-me-in");

        cluster.awaitTrue("environment", hub.of("staging"), "Separated");
        cluster.eventually(() -> assertThat(cluster.events(hub.of("staging")))
                .extracting(event -> event.reason())
                .containsOnlyOnce("ForeignPolicy", "ForeignPolicyGone"));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(audit.writesTo("networkpolicies")).isEmpty();
    }

    @Test
    void nothingToDoMeansNoRequest() {
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);

        assertThat(audit.requestsOtherThanWatchesAndLeases(Audit.OPERATOR)).isEmpty();
    }
}
