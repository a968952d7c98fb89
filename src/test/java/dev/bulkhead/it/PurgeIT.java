package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.List;
import java.util.Map;
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
        claim(staging.data());
        staging.patch("{\"namespaces\":[{\"name\":\"web\"}]}");
        staging.awaitWords("environment", staging.name(), "Ready", "holds volume claims");

        purge(hub, "data", staging.data());

        cluster.awaitCondition("operation", hub.of("data"), "Ready", "Succeeded");
        cluster.awaitGone("namespace", staging.data());
        assertThat(results(hub.of("data"))).containsEntry("Namespace " + staging.data(), "gone, with its data");
        assertThat(cluster.find("namespace", staging.web())).isPresent();
    }

    @Test
    void aNamespaceInUseIsLeftAloneByAPurge(TestNamespace hub) {
        var staging = Staging.declared(cluster, hub);
        staging.awaitReady();
        claim(staging.data());

        purge(hub, "data", staging.data());

        cluster.awaitCondition("operation", hub.of("data"), "Stalled", "OperationRefused");
        assertThat(cluster.get("namespace", staging.data()).getMetadata().getDeletionTimestamp())
                .isNull();
    }

    @Test
    void aPurgeFindsWhatAnEnvironmentLeftThatIsGoneAndNothingElse(TestNamespace hub) {
        var staging = Staging.declared(cluster, hub, "deletionProtection: Disabled");
        staging.awaitReady();
        claim(staging.data());
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

    private void claim(String namespace) {
        cluster.applyYaml("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: database, namespace: %s}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
                """.formatted(namespace));
    }

    private void purge(TestNamespace hub, String name, String namespace) {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {name: %s}
                spec: {action: Purge, environmentRef: {name: staging}, purge: {namespaces: [%s]}}
                """.formatted(name, namespace));
    }

    private Map<String, String> results(String operation) {
        List<Map<String, String>> results = cluster.get("operation", operation).get("status", "results");
        return results.stream()
                .collect(java.util.stream.Collectors.toMap(it -> it.get("object"), it -> it.get("text")));
    }
}
