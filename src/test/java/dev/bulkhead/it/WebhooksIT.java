package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks are open to the nodes that there are, and to those only. */
@BulkheadTest
class WebhooksIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    /** Nothing runs on it. */
    private static final Node LATER = new NodeBuilder()
            .withNewMetadata()
            .withName("comes-later")
            .endMetadata()
            .withNewSpec()
            .withUnschedulable(true)
            .withPodCIDR("10.199.7.0/24")
            .withPodCIDRs("10.199.7.0/24")
            .endSpec()
            .withNewStatus()
            .addNewAddress("198.51.100.7", "InternalIP")
            .endStatus()
            .build();

    private static final String[] ITS_BLOCKS = {"198.51.100.7/32", "10.199.7.0/31"};

    private final TestCluster cluster;

    /** @param operator nothing is asked of it, but it has to run */
    WebhooksIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @Test
    void aPolicyFollowsTheNodesThatComeAndGoAndNothingElseThatTheySay(TestNamespace hub, Audit audit) {
        var staging = Staging.declared(cluster, hub);
        staging.surrounds("policy");
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: NetworkPolicySet
                metadata: {name: staging-platform}
                spec:
                  environmentRef: {name: staging}
                  platform: {webhooks: {to: [{workload: policy, port: http}]}}
                """);
        var policy = staging.web() + "/policy.from-nodes.http.by.staging-platform";
        cluster.await("networkpolicy", policy, it -> !blocks(it).isEmpty());
        staging.awaitReady();
        assertThat(blocks(cluster.get("networkpolicy", policy))).doesNotContain(ITS_BLOCKS);

        cluster.client().nodes().resource(LATER).create();

        cluster.await("networkpolicy", policy, it -> blocks(it).containsAll(List.of(ITS_BLOCKS)));
        staging.awaitReady();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        audit.mark();
        cluster.patch("node", "comes-later", "{\"metadata\":{\"labels\":{\"its\":\"heartbeat\"}}}");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(staging.writes(audit)).isEmpty();

        cluster.delete("node", "comes-later");

        cluster.await("networkpolicy", policy, it -> blocks(it).stream().noneMatch(List.of(ITS_BLOCKS)::contains));
        assertThat(staging.holds("environment", staging.name()).type()).isEqualTo("Ready");
    }

    private static List<String> blocks(GenericKubernetesResource policy) {
        List<Map<String, Object>> rules = policy.get("spec", "ingress");
        return rules.stream()
                .flatMap(rule -> ((List<?>) rule.get("from")).stream())
                .map(from -> ((Map<?, ?>) from).get("ipBlock"))
                .map(block -> (String) ((Map<?, ?>) block).get("cidr"))
                .toList();
    }

    @AfterEach
    void theNodeGoes() {
        cluster.client().nodes().withName("comes-later").delete();
    }
}
