package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import org.junit.jupiter.api.Test;

/** Namespaces with data go when an Operation names them, and then only they. */
@BulkheadTest
class PurgeIT {

    private final TestCluster cluster;

    /** @param operator nothing is asked of it, but it has to run */
    PurgeIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @Test
    void aKeptNamespaceGoesWhenAPurgeNamesItAndNotBefore(TestNamespace hub) {
        var staging = Staging.declared(cluster, hub);
        staging.awaitReady();
        Operations.claim(cluster, staging.data());
        staging.patch("{\"namespaces\":[{\"name\":\"web\"}]}");
        staging.awaitWords("environment", staging.name(), "Ready", "holds volume claims");

        purge(hub, "data", staging.data());

        cluster.awaitCondition("operation", hub.of("data"), "Ready", "Succeeded");
        cluster.awaitGone("namespace", staging.data());
        assertThat(Operations.results(cluster, hub.of("data")))
                .containsEntry("Namespace " + staging.data(), "gone, with its data");
        assertThat(cluster.find("namespace", staging.web())).isPresent();
    }

    @Test
    void aNamespaceInUseIsLeftAloneByAPurge(TestNamespace hub) {
        var staging = Staging.declared(cluster, hub);
        staging.awaitReady();
        Operations.claim(cluster, staging.data());

        purge(hub, "data", staging.data());

        cluster.awaitCondition("operation", hub.of("data"), "Stalled", "OperationRefused");
        assertThat(cluster.get("namespace", staging.data()).getMetadata().getDeletionTimestamp())
                .isNull();
    }

    @Test
    void aPurgeFindsWhatAnEnvironmentLeftThatIsGoneAndNothingElse(TestNamespace hub) {
        var staging = Staging.declared(cluster, hub, "deletionProtection: Disabled");
        staging.awaitReady();
        Operations.claim(cluster, staging.data());
        cluster.delete("environment", staging.name());
        cluster.awaitGone("environment", staging.name());
        cluster.awaitGone("namespace", staging.web());

        purge(hub, "foreign", "kube-system");
        cluster.awaitCondition("operation", hub.of("foreign"), "Stalled", "OperationRefused");
        assertThat(cluster.get("namespace", "kube-system").getMetadata().getDeletionTimestamp())
                .isNull();

        purge(hub, "data", staging.data());
        cluster.awaitCondition("operation", hub.of("data"), "Ready", "Succeeded");
        cluster.awaitGone("namespace", staging.data());
    }

    private void purge(TestNamespace hub, String name, String namespace) {
        Operations.create(
                new Staging(cluster, hub), name, "action: Purge", "purge: {namespaces: [%s]}".formatted(namespace));
    }
}
