package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.Remote;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Environments on a cluster that isn't the operator's own: reached, pinned, fenced, replaced, gone. */
@BulkheadTest
class TargetClusterIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    private final TestCluster hub;
    private final Remote east;
    private final Remote west;

    TargetClusterIT(
            TestCluster hub, OperatorUnderTest operator, @Another("east") Remote east, @Another("west") Remote west) {
        this.hub = hub;
        this.east = east;
        this.west = west;
    }

    @BeforeEach
    void join() {
        east.join();
    }

    @AfterEach
    void leave() {
        east.leave();
    }

    @Test
    void anEnvironmentLivesThereAndNowhereElse(TestNamespace namespace, @Another("east") Audit audit) {
        var staging = staging(namespace);

        staging.awaitReady();

        assertThat(east.cluster().find("namespace", staging.web())).isPresent();
        assertThat(hub.find("namespace", staging.web())).isEmpty();
        hub.awaitReady("targetcluster", "east");
        var status = hub.get("targetcluster", "east");
        assertThat(status.<String>get("status", "uid")).isEqualTo(uid(east.cluster()));
        assertThat(status.<List<String>>get("status", "usedBy")).contains(staging.name());
        for (var condition : new String[] {"Reachable", "Authorized", "Capable", "Fenced"}) {
            assertThat(hub.conditions("targetcluster", "east").get(condition).status())
                    .as(condition)
                    .isEqualTo("True");
        }
        assertThat(hub.get("configmap", "bulkhead-system/bulkhead-targets").<String>get("data", "pin.east"))
                .startsWith(uid(east.cluster()));
        assertThat(east.cluster().list("lease", "bulkhead-system"))
                .anyMatch(it -> it.getMetadata().getName().startsWith("bulkhead-writer-"));

        east.cluster().delete("networkpolicy", staging.web(), "deny-all");
        east.cluster().await("networkpolicy", staging.web(), "deny-all");

        end(staging);
        assertThat(east.cluster().find("namespace", staging.web())).isEmpty();
    }

    @Test
    void aTargetClusterThatIsDeletedLeavesEverythingAndIsFoundAgain(TestNamespace namespace) {
        var staging = staging(namespace);
        staging.awaitReady();
        var before =
                east.cluster().get("namespace", staging.web()).getMetadata().getUid();

        hub.delete("targetcluster", "east");
        staging.patch("{\"reconcile\": \"Apply\", \"deletionPolicy\": \"Delete\"}");
        hub.awaitCondition("environment", staging.name(), "Reconciling", "WaitingForCluster");
        assertThat(east.cluster().get("namespace", staging.web()).getMetadata().getUid())
                .isEqualTo(before);

        east.join();
        staging.awaitReady();
        assertThat(east.cluster().get("namespace", staging.web()).getMetadata().getUid())
                .isEqualTo(before);
        end(staging);
    }

    @Test
    void anotherClusterInItsPlaceIsNotWrittenToUntilSomebodySaysThatItIsMeant(
            TestNamespace namespace, @Another("west") Audit there) {
        var staging = staging(namespace);
        staging.awaitReady();

        east.kubeconfig(west.kubeconfig());
        hub.awaitCondition("targetcluster", "east", "Stalled", "ClusterChanged");
        hub.awaitCondition("environment", staging.name(), "Reconciling", "WaitingForCluster");
        assertThat(west.cluster().find("namespace", staging.web())).isEmpty();
        // It was asked what we may do there, and nothing else.
        assertThat(there.writes(Audit.OPERATOR)).allMatch(it -> it.resource().startsWith("selfsubject"));

        replace("east", uid(west.cluster()));
        staging.awaitReady();
        assertThat(west.cluster().find("namespace", staging.web())).isPresent();

        // The old one comes back under its old address.
        east.kubeconfig(east.kubeconfig());
        hub.awaitCondition("targetcluster", "east", "Stalled", "ClusterTombstoned");
        assertThat(hub.awaitTrue("targetcluster", "east", "Stalled").message()).contains("ReplaceCluster");

        replace("east", uid(east.cluster()));
        staging.awaitReady();
        end(staging);
        // Other tests use it as itself.
        replace("west", uid(west.cluster()));
    }

    @Test
    void twoForOneClusterTheSecondIsStalled(TestNamespace namespace) {
        hub.awaitReady("targetcluster", "east");
        hub.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: TargetCluster
                metadata: {name: twin}
                spec: {kubeconfig: {secretRef: {name: east}}}
                """);

        var stalled = hub.awaitCondition("targetcluster", "twin", "Stalled", "ClusterTaken");

        assertThat(stalled.message()).contains("TargetCluster east");
        hub.awaitReady("targetcluster", "east");
        hub.delete("targetcluster", "twin");
    }

    @Test
    @Tag("faults")
    void nobodyWritesBesideAnotherWhoHoldsTheLease(TestNamespace namespace, @Another("east") Audit there) {
        var hubId = hub.get("configmap", "bulkhead-system/bulkhead-hub").<String>get("data", "id");
        hold(hubId);
        var staging = staging(namespace);

        hub.eventually(SOON, () -> assertThat(
                        hub.conditions("targetcluster", "east").get("Fenced").reason())
                .isEqualTo("Fenced"));
        assertThat(hub.conditions("targetcluster", "east").get("Fenced").message())
                .contains("another-process");
        assertThat(east.cluster().find("namespace", staging.web())).isEmpty();

        east.cluster().delete("lease", "bulkhead-system", "bulkhead-writer-" + hubId);
        hub.eventually(SOON, staging::awaitReady);
        end(staging);
    }

    @Test
    void whoseClusterIsGoneForGoodIsLetGoOnSomebodysWord(TestNamespace namespace) {
        var staging = staging(namespace);
        staging.awaitReady();
        staging.patch("{\"deletionProtection\": \"Disabled\"}");

        east.kubeconfig(east.kubeconfig().replaceAll("server: https://([^:]+):\\d+", "server: https://$1:9"));
        hub.eventually(SOON, () -> assertThat(
                        hub.conditions("targetcluster", "east").get("Reachable").reason())
                .isEqualTo("ClusterUnreachable"));
        hub.client().resource(hub.get("environment", staging.name())).delete();
        hub.eventually(() -> assertThat(hub.conditions("environment", staging.name())
                        .get("Ready")
                        .message())
                .contains("unreachable: Abandon"));

        Operations.create(staging, "abandon", "action: Release", "release: {unreachable: Abandon}");
        hub.awaitGone("environment", staging.name());
        hub.awaitReady("operation", namespace.of("abandon"));
        assertThat(hub.awaitTrue("operation", namespace.of("abandon"), "Ready").message())
                .contains("abandoned what it has in TargetCluster east");
        assertThat(east.cluster().find("namespace", staging.web())).isPresent();

        // It comes back, and so does the environment: it takes back what is its own.
        east.kubeconfig(east.kubeconfig());
        var again = staging(namespace);
        again.awaitReady();
        end(again);
    }

    private void hold(String hubId) {
        if (east.cluster().find("namespace", "bulkhead-system").isEmpty()) {
            east.cluster().applyYaml("""
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: bulkhead-system}
                    """);
        }
        var leases = east.cluster().client().leases().inNamespace("bulkhead-system");
        leases.withName("bulkhead-writer-" + hubId).delete();
        leases.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace("bulkhead-system")
                        .withName("bulkhead-writer-" + hubId)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("another-process")
                        .withLeaseDurationSeconds(3600)
                        .withLeaseTransitions(1)
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .create();
    }

    private void replace(String cluster, String uid) {
        var name = "replace-" + UUID.randomUUID();
        hub.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {name: %s, namespace: bulkhead-system}
                spec: {action: ReplaceCluster, replaceCluster: {cluster: %s, uid: %s}}
                """.formatted(name, cluster, uid));
        hub.awaitReady("operation", "bulkhead-system/" + name);
    }

    private Staging staging(TestNamespace namespace) {
        hub.apply("examples/quickstart/00-platform.yaml", namespace);
        hub.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: %1$s-class}
                spec:
                  hubNamespaces: {}
                  clusters: [east]
                  defaultCluster: east
                  registries: [registry.example.com]
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: staging, namespace: %1$s}
                spec:
                  classRef: {name: %1$s-class}
                  mesh: {provider: None}
                  deletionProtection: Disabled
                  namespaces: [{name: web}]
                """.formatted(namespace.name()));
        return new Staging(hub, namespace);
    }

    private void end(Staging staging) {
        hub.client().resource(hub.get("environment", staging.name())).delete();
        hub.awaitGone("environment", staging.name());
    }

    private static String uid(TestCluster cluster) {
        return cluster.get("namespace", "kube-system").getMetadata().getUid();
    }
}
