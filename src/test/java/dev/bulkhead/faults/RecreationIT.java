package dev.bulkhead.faults;

import static dev.bulkhead.faults.Match.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.it.Staging;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An environment is made again under its name before the operator has heard that the old one is gone. JOSDK then took the
 * new one for finished and ignored every event about it but an edit: found by the enumeration of crashes. 15 seconds.
 */
@BulkheadTest
@Tag("faults")
class RecreationIT {

    private final TestCluster cluster;
    private final FaultProxy proxy;
    private final ProxiedOperator operator;

    RecreationIT(TestCluster cluster, KubeCluster kube) {
        this.cluster = cluster;
        proxy = FaultProxy.before(kube);
        operator = ProxiedOperator.start(proxy);
    }

    @AfterEach
    void stop() {
        proxy.heal();
        operator.close();
        proxy.close();
    }

    @Test
    void aSuccessorThatComesBeforeTheAnswerToTheFarewellIsLookedAfter(TestNamespace hub) {
        var environment = hub.of("staging");
        declare(hub);
        cluster.awaitReady(environment);
        var farewell = proxy.on(write().kind("Environment").in(hub.name()).and(it -> it.subresource()
                        .isEmpty()))
                .once()
                .then(() -> {
                    cluster.awaitGone("environment", environment);
                    declare(hub);
                    // The operator's watch shows it the new one, while the answer about the old one is on its way.
                    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
                });

        cluster.delete("environment", environment);
        await().atMost(Duration.ofMinutes(1)).until(() -> farewell.hits() == 1);
        cluster.await("environment", environment, it -> it.getMetadata().getDeletionTimestamp() == null);
        cluster.awaitReady(environment);

        var denyAll = hub + "-staging-web/deny-all";
        var before =
                cluster.await("networkpolicy", denyAll, _ -> true).getMetadata().getUid();
        cluster.delete("networkpolicy", denyAll);
        await("the successor is looked after").atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        cluster.find("networkpolicy", denyAll))
                .hasValueSatisfying(it -> assertThat(it.getMetadata().getUid()).isNotEqualTo(before)));
    }

    private void declare(TestNamespace hub) {
        Staging.with(cluster, hub, "{name: web}", "deletionPolicy: Retain", "deletionProtection: Disabled");
    }
}
