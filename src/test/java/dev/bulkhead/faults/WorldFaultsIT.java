package dev.bulkhead.faults;

import static dev.bulkhead.faults.Match.verb;
import static dev.bulkhead.faults.Match.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.it.Staging;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** What others do meanwhile: they refuse, delete, hold, fight, and change their minds. */
@FaultSuite
class WorldFaultsIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final TestCluster cluster;
    private final Station station;
    private final FaultProxy proxy;
    private Audit audit;
    private Trial trial;
    private Staging staging;

    WorldFaultsIT(TestCluster cluster, KubeCluster kube, Station station) {
        this.cluster = cluster;
        this.station = station.at(kube);
        proxy = station.proxy();
    }

    @BeforeEach
    void anEnvironmentThatIsWell(TestNamespace hub, Audit audit, Trial trial) {
        this.audit = audit;
        this.trial = trial;
        if (!station.isRunning()) {
            station.start();
        }
        staging = Staging.declared(cluster, hub);
        staging.awaitReady();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        audit.mark();
    }

    @Fault(10)
    void aWriterWhoKeepsFightingIsNamedAndMetWithPatience() {
        var fights = new AtomicInteger();
        var fight = proxy.on(
                        verb("patch").kind("NetworkPolicy").in(staging.web()).named("deny-all"))
                .then(() -> {
                    if (fights.incrementAndGet() < 40) {
                        cluster.patch(
                                "networkpolicy",
                                staging.web() + "/deny-all",
                                "{\"spec\":{\"policyTypes\":[\"Egress\"]}}",
                                "mallory");
                    }
                });
        cluster.patch(
                "networkpolicy", staging.web() + "/deny-all", "{\"spec\":{\"policyTypes\":[\"Egress\"]}}", "mallory");

        var said = staging.awaitWords("environment", staging.name(), "Contested", "mallory");
        assertThat(said.message()).contains("deny-all");
        assertThat(fights).hasValueLessThan(10);
        fight.lift();
        trial.note("after %d repairs".formatted(fights.get()));
        trial.faultIsOver();

        well();
    }

    @Fault(11)
    void whatAnotherMadeFirstIsNamedAndNotTouched() {
        cluster.applyYaml("""
                apiVersion: v1
                kind: Service
                metadata: {name: api, namespace: %s}
                spec: {ports: [{port: 7777}]}
                """.formatted(staging.web()));
        var uid = cluster.get("service", staging.web() + "/api").getMetadata().getUid();
        staging.runs("api");

        staging.awaitWords("environment", staging.name(), "ForeignObject", "Service", "api");
        var service = cluster.get("service", staging.web() + "/api");
        assertThat(service.getMetadata().getUid()).isEqualTo(uid);
        assertThat(service.get("spec", "ports").toString()).contains("7777");
        assertThat(audit.writesTo("services")).isEmpty();

        cluster.delete("service", staging.web(), "api");
        trial.faultIsOver();
        well();
    }

    @Fault(14)
    void aRightThatIsTakenAwayIsNamedAndTheRestGoesOn() {
        var rule = proxy.on(write().kind("ResourceQuota").in(staging.web()))
                .fail(403, "resourcequotas \"web\" is forbidden: User \"bulkhead\" cannot patch resource");
        staging.patch(
                "{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"9\"}},{\"name\":\"data\",\"quota\":{\"pods\":\"7\"}}]}");

        staging.awaitWords("environment", staging.name(), "Refused", "ResourceQuota", "forbidden");
        cluster.await("resourcequota", staging.data() + "/data", it -> "7".equals(it.get("spec", "hard", "pods")));

        rule.lift();
        trial.faultIsOver();
        cluster.await("resourcequota", staging.web() + "/web", it -> "9".equals(it.get("spec", "hard", "pods")));
        well();
    }

    @Fault(15)
    @Tag("fast-faults")
    void aNamespaceThatGoesBetweenTwoWritesIsMadeAgainInOrder() {
        var before = cluster.get("namespace", staging.web()).getMetadata().getUid();
        proxy.on(write().kind("ResourceQuota").in(staging.web()))
                .once()
                .first(() -> cluster.delete("namespace", staging.web()));
        trial.faultIsOver();

        staging.patch("{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"9\"}},{\"name\":\"data\"}]}");

        cluster.eventually(() -> assertThat(cluster.find("namespace", staging.web()))
                .hasValueSatisfying(it -> assertThat(it.getMetadata().getUid()).isNotEqualTo(before)));
        cluster.await("networkpolicy", staging.web(), "deny-all");
        cluster.await("resourcequota", staging.web() + "/web", it -> "9".equals(it.get("spec", "hard", "pods")));
        well();
    }

    @Fault(16)
    void aQuotaThatRunsOutStopsOnlyWhatItIsAboutAndHealsWhenItIsRaised() {
        cluster.applyYaml("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: theirs, namespace: %s}
                spec: {hard: {count/services: "1"}}
                """.formatted(staging.web()));
        cluster.await("resourcequota", staging.web() + "/theirs", it -> it.get("status", "hard") != null);
        staging.runs("one");
        cluster.awaitReady("workload", staging.workload("one"));
        staging.runs("two");

        staging.awaitWords("workload", staging.workload("two"), "exceeded quota: theirs");
        assertThat(staging.holds("workload", staging.workload("one")).type()).isEqualTo("Ready");

        cluster.patch("resourcequota", staging.web() + "/theirs", "{\"spec\":{\"hard\":{\"count/services\":\"5\"}}}");
        trial.faultIsOver();
        well();
    }

    @Fault(34)
    void theSameNameWithAnotherUidTakesBackItsOwn() {
        var before = Holdings.of(cluster, staging.web());
        station.stop();
        cluster.patch(
                "environment",
                staging.name(),
                "{\"spec\":{\"deletionProtection\":\"Disabled\"},\"metadata\":{\"finalizers\":null}}");
        cluster.delete("environment", staging.name());
        cluster.awaitGone("environment", staging.name());
        Staging.declared(cluster, staging.hub());
        trial.faultIsOver();

        station.start();

        well();
        assertThat(Holdings.of(cluster, staging.web())).isEqualTo(before);
    }

    @Fault(35)
    void whatIsChangedAndChangedBackWhilePausedLeavesNothing() {
        staging.patch("{\"reconcile\":\"Pause\"}");
        staging.awaitReady();
        staging.patch(
                "{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"9\"}},{\"name\":\"data\"},{\"name\":\"extra\"}]}");
        staging.awaitWords("environment", staging.name(), "Stalled", "Paused");
        staging.patch("{\"namespaces\":[{\"name\":\"web\"},{\"name\":\"data\"}]}");
        staging.awaitReady();
        trial.faultIsOver();

        staging.patch("{\"reconcile\":\"Apply\"}");

        well();
        assertThat(cluster.find("namespace", staging.hub() + "-staging-extra")).isEmpty();
        assertThat(staging.writes(audit))
                .allMatch(write ->
                        write.uri().contains("/status") || write.resource().equals("events"));
    }

    @Fault(36)
    void anEnvironmentThatIsDeletedWhileItIsMadeGoesWhole() {
        var gate = new CountDownLatch(1);
        var held = proxy.on(write().kind("NetworkPolicy").around(staging.hub() + "-early"))
                .hold(gate);
        var early = Staging.beside(staging, "early");
        cluster.eventually(() -> assertThat(held.hits()).isPositive());

        cluster.patch("environment", early, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
        cluster.delete("environment", early);
        held.lift();
        gate.countDown();
        trial.faultIsOver();

        cluster.awaitGone("environment", early);
        trial.recovered();
        cluster.awaitGone("namespace", staging.hub() + "-early-web");
    }

    @Fault(37)
    @Tag("fast-faults")
    void whatIsDeletedByHandIsBackOnce() {
        var before = Holdings.of(cluster, staging.web());
        before.keySet().forEach(it -> cluster.delete(it.split(" ")[0], staging.web(), it.split(" ")[1]));
        trial.faultIsOver();

        cluster.eventually(() -> assertThat(Holdings.of(cluster, staging.web()).keySet())
                .containsExactlyInAnyOrderElementsOf(before.keySet()));
        well();
        assertThat(staging.writes(audit).stream()
                        .filter(it -> it.code() == 201 && it.namespace().equals(staging.web()))
                        .count())
                .isEqualTo(before.size());
    }

    @Fault(38)
    @Tag("fast-faults")
    void labelsThatAreTakenOffAreBackOnTheSameObjects() {
        var before = Holdings.of(cluster, staging.web());
        cluster.patch("networkpolicy", staging.web() + "/deny-all", "{\"metadata\":{\"labels\":null}}", "mallory");
        cluster.patch("resourcequota", staging.web() + "/web", "{\"metadata\":{\"labels\":null}}", "mallory");
        trial.faultIsOver();

        cluster.eventually(() -> assertThat(Holdings.of(cluster, staging.web())).isEqualTo(before));
        well();
    }

    @Fault(39)
    void aChildThatCannotGoIsNamedAndNotBeggedToGo() {
        staging.runs("api");
        cluster.await("deployment", staging.web(), "api");
        staging.awaitReady();
        hold("service", staging.web() + "/api", "[\"example.com/hold\"]");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        audit.mark();

        cluster.delete("workload", staging.workload("api"));
        staging.awaitWords("environment", staging.name(), "Service", "api", "being deleted");
        var begged = audit.writesTo("services").size();
        quietlyFor(Duration.ofSeconds(8));
        assertThat(audit.writesTo("services")).hasSizeLessThanOrEqualTo(begged + 1);
        assertThat(staging.writes(audit)).hasSizeLessThan(15);

        hold("service", staging.web() + "/api", "null");
        trial.faultIsOver();
        well();
        assertThat(cluster.find("service", staging.web() + "/api")).isEmpty();
    }

    @Fault(39)
    void aChildThatIsWantedAndCannotGoIsNamedAndComesBackWhenItCan() {
        hold("networkpolicy", staging.web() + "/deny-all", "[\"example.com/hold\"]");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        audit.mark();

        cluster.delete("networkpolicy", staging.web(), "deny-all");
        staging.awaitWords("environment", staging.name(), "deny-all", "being deleted");
        quietlyFor(Duration.ofSeconds(5));
        assertThat(audit.writesTo("networkpolicies")).hasSizeLessThan(8);

        hold("networkpolicy", staging.web() + "/deny-all", "null");
        trial.faultIsOver();
        cluster.await(
                "networkpolicy",
                staging.web() + "/deny-all",
                it -> it.getMetadata().getDeletionTimestamp() == null);
        well();
    }

    private void hold(String kind, String object, String finalizers) {
        cluster.patch(kind, object, "{\"metadata\":{\"finalizers\":%s}}".formatted(finalizers));
    }

    private void well() {
        staging.awaitReady();
        trial.recovered();
        trial.writes(staging.writes(audit).size());
    }

    private static void quietlyFor(Duration time) {
        org.awaitility.Awaitility.await()
                .pollDelay(time)
                .atMost(time.multipliedBy(2))
                .until(() -> true);
    }
}
