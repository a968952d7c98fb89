package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.faults.Fault;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorProcess;
import dev.bulkhead.kube.Replicas;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two replicas as processes of their own: which one writes, and how soon the other does when it can't. */
@BulkheadTest
class LeaderIT {

    private static final String SYSTEM = "bulkhead-system";

    /** Longer than the pause between two counts that classes and clusters make of their environments. */
    private static final Duration A_WHILE = Duration.ofSeconds(6);

    private final TestCluster cluster;
    private final Replicas replicas;

    LeaderIT(TestCluster cluster, Replicas replicas) {
        this.cluster = cluster;
        this.replicas = replicas;
    }

    /** As it is in a new cluster: nobody waits for a leader of the test before. */
    @BeforeEach
    void theSeatIsVacant() {
        vacate(cluster, replicas);
    }

    /** Somebody has to take down what the tests made. */
    @AfterAll
    static void allAreReplacedByOne(TestCluster cluster, Replicas replicas) {
        vacate(cluster, replicas);
        replicas.start("last");
    }

    private static void vacate(TestCluster cluster, Replicas replicas) {
        replicas.close();
        cluster.client()
                .leases()
                .inNamespace(SYSTEM)
                .withName("bulkhead-leader")
                .delete();
    }

    @Test
    void aKilledLeaderIsReplacedWhenItsLeaseHasRunOut(TestNamespace hub, Audit audit) {
        var one = leader("one");
        replicas.start("two");
        environment(hub, "web");
        awaitReady(hub);

        one.kill();
        var killed = Instant.now();
        environment(hub, "web", "data");
        awaitLeader("two");
        said("failover after kill -9, until another leads", killed);
        awaitReady(hub);
        said("failover after kill -9, until an edit is live", killed);

        assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(40));
        theyTookTurns(audit, "one", "two");
    }

    @Fault(61)
    @Tag("fast-faults")
    void versionsThatHandOverInAnOrderlyWayWriteNothing(TestNamespace hub, Audit audit) {
        var old = leader("old");
        environment(hub, "web", "data");
        awaitReady(hub);
        // With seconds between its writes, whoever leads takes down what the tests before made.
        Staging.awaitThoseThatLeave(cluster);
        var fresh = replicas.start("new");
        awaitStandby(fresh);
        audit.awaitQuiet(Replicas.userAgent("old"), A_WHILE);
        audit.mark();

        var stopped = Instant.now();
        old.stop();
        assertThat(old.exitCode()).hasValue(143);
        said("SIGTERM until the end of the process", stopped);
        awaitLeader("new");
        said("failover after SIGTERM, until another leads", stopped);
        assertThat(Duration.between(stopped, Instant.now())).isLessThan(Duration.ofSeconds(15));
        awaitWork(fresh);
        said("failover after SIGTERM, until it is up", stopped);
        audit.awaitQuiet(Replicas.userAgent("new"), A_WHILE);

        var again = replicas.start("old-again");
        awaitStandby(again);
        fresh.stop();
        awaitLeader("old-again");
        awaitWork(again);
        audit.awaitQuiet(Replicas.userAgent("old-again"), A_WHILE);

        // How many environments use a class or a cluster is written at leisure, and may fall due just then.
        assertThat(writes(audit).stream().filter(it -> !isACount(it))).isEmpty();
        assertThat(cluster.conditions("environment", hub.of("staging"))
                        .get("Ready")
                        .isTrue())
                .isTrue();
    }

    @Test
    void aLeaderThatWasStoppedForLongerThanItsLeaseWritesNothingWhenItWakes(TestNamespace hub, Audit audit) {
        var one = leader("one");
        var two = replicas.start("two");
        environment(hub, "web");
        awaitReady(hub);
        audit.awaitQuiet(Replicas.userAgent("one"), A_WHILE);

        one.pause();
        awaitLeader("two");
        audit.mark();
        environment(hub, "web", "data");
        cluster.client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(hub + "-staging-web")
                .delete();
        one.resume();
        cluster.client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(hub + "-staging-data")
                .delete();
        cluster.eventually(() -> assertThat(one.exitCode()).hasValue(75));
        awaitReady(hub);
        audit.awaitQuiet(Replicas.userAgent("two"), A_WHILE);

        assertThat(audit.writes(Replicas.userAgent("one"))).isEmpty();
        assertThat(audit.writes(Replicas.userAgent("two"))).isNotEmpty();
        assertThat(two.isRunning()).isTrue();
        assertThat(cluster.list("networkpolicy", hub + "-staging-web")).isNotEmpty();
        assertThat(cluster.list("networkpolicy", hub + "-staging-data")).isNotEmpty();
    }

    private OperatorProcess leader(String name) {
        var replica = replicas.start(name);
        awaitLeader(name);
        return replica;
    }

    private void awaitLeader(String name) {
        cluster.eventually(() -> assertThat(holder()).contains(name));
    }

    private Optional<String> holder() {
        return Optional.ofNullable(cluster.client()
                        .leases()
                        .inNamespace(SYSTEM)
                        .withName("bulkhead-leader")
                        .get())
                .map(Lease::getSpec)
                .map(it -> it.getHolderIdentity());
    }

    /** Its part in the election has begun. */
    private void awaitStandby(OperatorProcess replica) {
        cluster.eventually(() -> assertThat(replica.lastLog()).anyMatch(it -> it.contains("stands by")));
    }

    /** On a machine so busy that the lease runs out meanwhile it ends, and is started again, as a kubelet would. */
    private void awaitWork(OperatorProcess replica) {
        cluster.eventually(() -> {
            replica.start();
            assertThat(replica.lastLog()).anyMatch(it -> it.contains("Bulkhead is up"));
        });
    }

    private void environment(TestNamespace hub, String... namespaces) {
        Staging.with(
                cluster, hub, Stream.of(namespaces).map("{name: %s}"::formatted).collect(Collectors.joining(", ")));
    }

    private void awaitReady(TestNamespace hub) {
        cluster.awaitReady(hub.of("staging"));
    }

    private static boolean isACount(AuditRequest request) {
        return List.of("targetclusters", "environmentclasses").contains(request.resource())
                && request.subresource().equals("status");
    }

    /** Of all replicas, in the order in which the API server got them. */
    private static List<AuditRequest> writes(Audit audit) {
        return audit.requests().stream()
                .filter(it -> it.userAgent().startsWith(Replicas.userAgent("")))
                .filter(it -> it.isWrite() && !it.isLease())
                .sorted(Comparator.comparing(AuditRequest::at))
                .toList();
    }

    private static void theyTookTurns(Audit audit, String... names) {
        var turns = new ArrayList<String>();
        writes(audit).forEach(it -> {
            if (turns.isEmpty() || !turns.getLast().equals(it.userAgent())) {
                turns.add(it.userAgent());
            }
        });
        assertThat(turns)
                .containsExactlyElementsOf(
                        List.of(names).stream().map(Replicas::userAgent).toList());
    }

    private static void said(String what, Instant since) {
        System.err.printf(
                "[leader] %s: %.1f s%n",
                what, Duration.between(since, Instant.now()).toMillis() / 1000.0);
    }
}
