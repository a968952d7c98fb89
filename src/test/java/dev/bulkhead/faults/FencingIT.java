package dev.bulkhead.faults;

import static dev.bulkhead.faults.TwoTargets.PRODUCTION;
import static dev.bulkhead.faults.TwoTargets.STAGING;
import static dev.bulkhead.faults.TwoTargets.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.OperatorProcess;
import dev.bulkhead.kube.Remote;
import dev.bulkhead.kube.Replicas;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** Several processes that each take themselves for the one that writes: on a target only one of them ever does. */
@BulkheadTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FencingIT {

    private static final String SYSTEM = "bulkhead-system";
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final TestCluster hub;
    private final Replicas replicas;
    private final TwoTargets targets;
    private final FaultProxy toHub;
    private final Path throughProxy;
    private TestNamespace namespace;

    FencingIT(
            TestCluster hub,
            KubeCluster kube,
            Replicas replicas,
            @Another(STAGING) Remote staging,
            @Another(PRODUCTION) Remote production)
            throws IOException {
        this.hub = hub;
        this.replicas = replicas;
        targets = new TwoTargets(hub, staging, production);
        toHub = FaultProxy.before(kube);
        throughProxy = Files.writeString(Files.createTempFile("hub", ".kubeconfig"), toHub.kubeconfig());
    }

    /** One that leads and reaches the hub by the proxy, and one that stands by. */
    @BeforeEach
    void twoReplicas(TestNamespace namespace) {
        this.namespace = namespace;
        replicas.close();
        hub.client().leases().inNamespace(SYSTEM).withName("bulkhead-leader").delete();
        replicas.start("one", throughProxy);
        awaitLeader("one");
        hub.await("namespace", SYSTEM, it -> it.getMetadata().getAnnotations() != null);
        targets.join();
        targets.inhabit(namespace);
    }

    @Fault(50)
    void aLeaderThatIsCutFromTheHubOnlyWritesToNoTargetOnceAnotherDoes(@Another(PRODUCTION) Audit audit, Trial trial) {
        replicas.start("two");
        audit.mark();

        toHub.goDark();
        trial.faultIsOver();
        // It still reaches the target, sees this, and may mend it as long as nobody else may.
        damage();
        awaitLeader("two");
        isMended();
        targets.limitPods(namespace, PRODUCTION, 5);
        targets.awaitLimit(namespace, PRODUCTION, 5, Duration.ofMinutes(1));
        trial.recovered();

        theyTookTurns(audit);
    }

    @Fault(51)
    @Tag("fast-faults")
    void aLeaderThatSleptThroughItsLeaseWritesToNoTargetWhenItWakes(@Another(PRODUCTION) Audit audit, Trial trial) {
        replicas.start("two");
        var one = replicas.of("one");
        audit.mark();

        one.pause();
        damage();
        awaitLeader("two");
        isMended();
        targets.isWell(namespace, PRODUCTION, 5);
        // It wakes in the middle of work that is to be done.
        damage();
        one.resume();
        trial.faultIsOver();
        isMended();
        targets.isWell(namespace, PRODUCTION, 6);
        trial.recovered();
        ends(one);

        theyTookTurns(audit);
        assertThat(audit.writes(Replicas.userAgent("one"))).isEmpty();
    }

    @Fault(52)
    void twoThatBothWorkWithClocksThatDifferTakeTurnsOnATarget(
            KubeCluster kube, @Another(PRODUCTION) Audit audit, Trial trial) {
        replicas.close();
        audit.mark();
        try (var early = operator("one", Duration.ofSeconds(-20));
                var late = operator("two", Duration.ofSeconds(20))) {
            assertThat(List.of(early, late)).doesNotContainNull();
            for (var i = 3; i < 8; i++) {
                damage();
                isMended();
                targets.isWell(namespace, PRODUCTION, i);
            }
            var holder = holder(targets.at(PRODUCTION), "bulkhead-writer-").orElseThrow();
            trial.faultIsOver();
            (holder.contains("one") ? early : late).close();
            damage();
            isMended();
            trial.recovered();
        }
        theyTookTurns(audit);
    }

    @AfterEach
    void oneIsLeft() {
        toHub.heal();
        targets.heal();
        replicas.close();
        hub.client().leases().inNamespace(SYSTEM).withName("bulkhead-leader").delete();
        replicas.start("last");
        awaitLeader("last");
    }

    private ProxiedOperator operator(String name, Duration skew) {
        var clock = new MovableClock(Clock.systemUTC());
        clock.advance(skew);
        return ProxiedOperator.start(toHub, Station.SETTINGS.withIdentity(name), clock);
    }

    /** Who wrote to the target came before everything that the next one wrote, and never came back. */
    private void theyTookTurns(Audit audit) {
        var writers = audit.requests().stream()
                .filter(it -> it.isWrite() && !it.isLease() && it.code() < 300)
                .map(AuditRequest::userAgent)
                .filter(it -> it.startsWith(Audit.OPERATOR + "/"))
                .toList();
        var first = writers.stream().findFirst().orElseThrow();
        assertThat(writers.stream().dropWhile(first::equals)).as("%s", writers).doesNotContain(first);
    }

    private void damage() {
        targets.at(PRODUCTION).delete("networkpolicy", web(namespace, PRODUCTION), "deny-all");
    }

    private void isMended() {
        targets.at(PRODUCTION).await("networkpolicy", web(namespace, PRODUCTION), "deny-all");
    }

    private void ends(OperatorProcess process) {
        hub.eventually(() -> assertThat(process.isRunning()).isFalse());
    }

    private void awaitLeader(String name) {
        hub.eventually(() -> assertThat(holder(hub, "bulkhead-leader"))
                .hasValueSatisfying(it -> assertThat(it).contains(name)));
    }

    private static Optional<String> holder(TestCluster cluster, String lease) {
        return cluster.client().leases().inNamespace(SYSTEM).list().getItems().stream()
                .filter(it -> it.getMetadata().getName().startsWith(lease))
                .map(Lease::getSpec)
                .map(it -> it.getHolderIdentity())
                .findFirst();
    }
}
