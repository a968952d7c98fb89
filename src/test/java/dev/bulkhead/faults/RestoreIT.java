package dev.bulkhead.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bulkhead.it.Staging;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Duration;

/** A cluster is restored from a backup while the operator runs: all that it knows is newer than what there is. */
@BulkheadTest
class RestoreIT {

    private final KubeCluster kube;
    private final TestCluster cluster;
    private final Audit audit;

    /** @param operator nothing is asked of it, but it has to run */
    RestoreIT(
            @Another("restored") KubeCluster kube,
            @Another("restored") TestCluster cluster,
            @Another("restored") Audit audit,
            @Another("restored") OperatorInProcess operator) {
        this.kube = kube;
        this.cluster = cluster;
        this.audit = audit;
    }

    @Fault(42)
    void whatWasRestoredIsLookedAfterAndNothingOfItIsDeleted(@Another("restored") TestNamespace hub, Trial trial) {
        var staging = Staging.declared(cluster, hub, "deletionProtection: Disabled");
        staging.awaitReady();
        audit.awaitQuiet(Audit.OPERATOR, Duration.ofSeconds(2));
        var then = Holdings.of(cluster, staging.web());
        var backup = kube.backUp();
        assumeThat(backup)
                .as("only a cluster of plain processes can be restored")
                .isPresent();

        var late = Staging.beside(staging, "late");
        cluster.awaitReady(late);
        staging.patch("{\"namespaces\":[{\"name\":\"web\"}]}");
        cluster.awaitGone("namespace", staging.data());
        cluster.delete("networkpolicy", staging.web(), "deny-all");
        cluster.await("networkpolicy", staging.web(), "deny-all");
        staging.awaitReady();
        audit.mark();

        backup.orElseThrow().bringBack();
        cluster.eventually(() -> assertThat(cluster.find("environment", late)).isEmpty());
        trial.faultIsOver();

        cluster.eventually(() -> {
            staging.awaitReady();
            assertThat(Holdings.of(cluster, staging.web())).isEqualTo(then);
            assertThat(cluster.find("namespace", staging.data())).isPresent();
        });
        staging.patch("{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"7\"}},{\"name\":\"data\"}]}");
        cluster.delete("networkpolicy", staging.data(), "deny-all");
        cluster.eventually(() -> assertThat(cluster.list("resourcequota", staging.web()))
                .anyMatch(it -> "7".equals(it.get("spec", "hard", "pods"))));
        cluster.await("networkpolicy", staging.data(), "deny-all");
        staging.awaitReady();
        trial.recovered();

        assertThat(audit.writes(Audit.OPERATOR).stream().map(AuditRequest::verb))
                .doesNotContain("delete", "deletecollection");
        trial.writes(audit.writes(Audit.OPERATOR).size());
        trial.note("with an edit and a repair after it");
    }
}
