package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example of {@code make run}, with the operator as it is shipped, and real packets. */
@BulkheadTest(needs = NodeKind.REAL)
class QuickstartIT {

    private final TestCluster cluster;
    private final OperatorProcess operator;
    private final Packets packets;
    private String web;
    private String data;

    QuickstartIT(TestCluster cluster, OperatorProcess operator) {
        this.cluster = cluster;
        this.operator = operator;
        this.packets = new Packets(cluster);
    }

    @BeforeEach
    void theQuickstartIsReady(TestNamespace hub) {
        web = hub + "-staging-web";
        data = hub + "-staging-data";
        cluster.apply("examples/quickstart", hub);
        cluster.awaitReady(hub.of("staging"));
    }

    @Test
    void onlyTheFrontendReachesTheApiUntilThePoliciesAreGone() {
        var pods = packets.pods(web, data);
        assertThat(pods).extracting(Packets::workload).containsExactlyInAnyOrder("api", "api", "frontend", "ledger");

        var answer = packets.get(one(pods, "frontend"), "api.%s.svc.cluster.local:80".formatted(web));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.body()).startsWith("api-");
        assertThat(packets.connections(pods)).containsExactly("frontend -> api");

        // What was refused was refused by the policies, and by nothing else: without them the same pods connect.
        operator.stop();
        cluster.client().network().v1().networkPolicies().inNamespace(web).delete();
        cluster.client().network().v1().networkPolicies().inNamespace(data).delete();
        cluster.eventually(() -> assertThat(packets.connections(pods)).isEqualTo(everyPair(pods)));
    }

    @Test
    void aCallThatIsDeclaredLaterOpensItsHoleOnly(TestNamespace hub) {
        var pods = packets.pods(web, data);

        cluster.patch("workload", hub.of("staging-frontend"), """
                {"spec":{"calls":[{"workload":"api","port":"http"},{"workload":"ledger","port":"http"}]}}""");

        cluster.eventually(
                () -> assertThat(packets.connections(pods)).containsExactly("frontend -> api", "frontend -> ledger"));
    }

    private static Pod one(List<Pod> pods, String workload) {
        return pods.stream()
                .filter(pod -> workload.equals(Packets.workload(pod)))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> everyPair(List<Pod> pods) {
        var pairs = new TreeSet<String>();
        for (var from : pods) {
            pods.stream().filter(to -> !to.equals(from)).forEach(to -> pairs.add(Packets.pair(from, to)));
        }
        return pairs;
    }
}
