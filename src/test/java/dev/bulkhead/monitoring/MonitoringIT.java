package dev.bulkhead.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.it.Operations;
import dev.bulkhead.it.Staging;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The page of metrics is what the process measures: no more, no less, no other labels. */
@BulkheadTest
class MonitoringIT {

    private final MetricsPage page = MetricsPage.read();
    private final TestCluster cluster;
    private final OperatorProcess operator;

    MonitoringIT(TestCluster cluster, OperatorProcess operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @Test
    void whatThePagePromisesIsMeasured(TestNamespace hub) {
        var staging = Staging.with(cluster, hub, "{name: web}");
        staging.awaitReady();
        aSecretIsRotated(staging);

        // The first look at the watches comes after some seconds.
        cluster.eventually(() -> {
            var scrape = operator.scrape();
            assertThat(scrape.metrics()).containsAll(tried(page.all().keySet()));
            assertThat(scrape.metrics().stream().filter(it -> it.startsWith("bulkhead_")))
                    .containsExactlyInAnyOrderElementsOf(tried(page.ours().keySet()));
            page.all().forEach((metric, labels) -> {
                if (!scrape.labels(metric).isEmpty()) {
                    assertThat(scrape.labels(metric)).as(metric).isEqualTo(labels);
                }
            });
            assertThat(scrape.text())
                    .contains("bulkhead_leader 1.0", "bulkhead_environments{ready=\"True\",reason=\"Ready\"}")
                    .doesNotContain(hub.toString(), "\"staging\"", "\"session\"");
        });
    }

    private void aSecretIsRotated(Staging staging) {
        staging.keeps(
                        "drain: {atLeast: 1s}",
                        "entries:",
                        "- {name: session, type: Token}",
                        "- {name: ca, type: CA}",
                        "- {name: leaf, type: TLS, tls: {issuer: ca, dnsNames: [web]}}")
                .awaitReady();
        cluster.awaitCondition("operation", Operations.rotate(staging, "session"), "Ready", "Succeeded");
    }

    /** Nothing has failed here, there is no mesh and no cluster beside this one, and what never happened isn't counted. */
    private static Set<String> tried(Set<String> metrics) {
        var tried = new TreeSet<>(metrics);
        tried.removeIf(it -> it.startsWith("bulkhead_mesh_"));
        tried.removeAll(Set.of(
                "reconciliations_failure_total",
                "reconciliations_retries_total",
                "bulkhead_cluster_broken",
                "bulkhead_cluster_breaker"));
        return tried;
    }
}
