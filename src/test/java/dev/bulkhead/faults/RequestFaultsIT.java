package dev.bulkhead.faults;

import static dev.bulkhead.faults.Match.verb;
import static dev.bulkhead.faults.Match.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.it.Staging;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Requests that get lost, are refused or hang, on their way to an API server that is well. */
@FaultSuite
class RequestFaultsIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final TestCluster cluster;
    private final FaultProxy proxy;
    private TestNamespace hub;
    private Audit audit;
    private Trial trial;

    RequestFaultsIT(TestCluster cluster, KubeCluster kube, Station station) {
        this.cluster = cluster;
        proxy = station.at(kube).proxy();
    }

    @BeforeEach
    void aPlaceOfItsOwn(TestNamespace hub, Audit audit, Trial trial) {
        this.hub = hub;
        this.audit = audit;
        this.trial = trial;
        audit.mark();
    }

    @Fault(7)
    @Tag("fast-faults")
    void aLostReplyToACreateLeadsToNoSecondOne() {
        var rule = proxy.on(verb("create")
                        .and(it -> it.uri().contains("namespaces/" + hub)
                                || it.uri().contains("bulkhead-system"))
                        .firstOfEach())
                .loseReply();
        trial.faultIsOver();

        var staging = ready(Staging.declared(cluster, hub));

        assertThat(rule.hits()).isPositive();
        assertThat(staging.inventories()).hasSize(1);
        nothingIsMadeTwice();
    }

    @Fault(8)
    void aLostReplyToAPatchOrADeleteRepeatsNothing() {
        proxy.on(verb("patch", "delete").around(hub.name()).firstOfEach()).loseReply();
        trial.faultIsOver();
        var staging = Staging.declared(cluster, hub);
        staging.runs("api");
        staging.runs("other");
        ready(staging);
        var before = Holdings.of(cluster, staging.web());

        cluster.delete("workload", staging.workload("other"));

        cluster.eventually(
                () -> assertThat(Holdings.of(cluster, staging.web()).keySet()).noneMatch(it -> it.contains("other")));
        staging.awaitReady();
        assertThat(before).containsAllEntriesOf(Holdings.of(cluster, staging.web()));
        nothingIsMadeTwice();
    }

    @Fault(9)
    @Tag("fast-faults")
    void aConflictOnEachFirstWriteCostsOneMoreOfEach() {
        var rule = proxy.on(write().around(hub.name()).or(inventory()).firstOfEach())
                .fail(409);
        trial.faultIsOver();

        ready(Staging.declared(cluster, hub));

        assertThat(rule.hits()).isPositive();
        assertThat(proxy.requests(write().around(hub.name()))).hasSizeLessThan(rule.hits() * 3 + 10);
        nothingIsMadeTwice();
    }

    @Fault(10)
    void anInventoryThatNeverTakesAWriteIsSaidAndTriedSlowly() {
        var rule = proxy.on(inventory()).fail(409);
        var staging = Staging.declared(cluster, hub);

        staging.awaitWords("environment", staging.name(), "TargetFault");
        var before = rule.hits();
        quietlyFor(Duration.ofSeconds(10));
        assertThat(rule.hits() - before).as("tries in ten seconds").isLessThan(20);

        rule.lift();
        trial.faultIsOver();
        ready(staging);
    }

    @Fault(12)
    void aRetryAfterIsHonoured() {
        var staging = ready(Staging.declared(cluster, hub));
        var seconds = 4;
        var rule = proxy.on(write().kind("ResourceQuota").in(staging.web()))
                .fail(429, Map.of("Retry-After", Integer.toString(seconds)), StatusBody.of(429, "too many requests"));
        var before = Instant.now();

        staging.patch("{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"9\"}},{\"name\":\"data\"}]}");
        cluster.eventually(() -> assertThat(rule.hits()).isGreaterThanOrEqualTo(3));

        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(seconds));
        rule.lift();
        trial.faultIsOver();
        cluster.await("resourcequota", staging.web() + "/web", it -> "9".equals(it.get("spec", "hard", "pods")));
        ready(staging);
    }

    @Fault(13)
    @Tag("fast-faults")
    void aThirdOfTheWritesFailsAndNothingIsMadeTwice() {
        proxy.on(write().around(hub.name()).or(inventory())).share(0.1, 1).fail(500);
        proxy.on(write().around(hub.name()).or(inventory())).share(0.1, 2).denyReply(503);
        proxy.on(write().around(hub.name()).or(inventory())).share(0.1, 3).denyReply(504);
        trial.faultIsOver();
        var staging = Staging.declared(cluster, hub);
        staging.runs("api");
        staging.runs("other");

        ready(staging);

        nothingIsMadeTwice();
    }

    @Fault(17)
    void aTokenThatIsRefusedIsSaidAndHealsWithTheNext() {
        var staging = ready(Staging.declared(cluster, hub));
        var rule = proxy.on(write().kind("ResourceQuota").in(staging.web())).fail(401, "Unauthorized");
        staging.patch("{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"9\"}},{\"name\":\"data\"}]}");

        staging.awaitWords("environment", staging.name(), "TargetFault", "Unauthorized");
        var before = rule.hits();
        quietlyFor(Duration.ofSeconds(6));
        assertThat(rule.hits() - before).as("tries in six seconds").isLessThan(10);

        rule.lift();
        trial.faultIsOver();
        cluster.await("resourcequota", staging.web() + "/web", it -> "9".equals(it.get("spec", "hard", "pods")));
        ready(staging);
    }

    @Fault(18)
    void anObjectThatIsTooLargeIsNamedAndItsNeighboursAreNot() {
        var rule = proxy.on(write().around(hub.name()).named("big")).fail(413, "etcdserver: request is too large");
        var staging = Staging.declared(cluster, hub);
        staging.runs("small");
        staging.runs("big");

        staging.awaitWords("workload", staging.workload("big"), "too large");
        cluster.awaitReady("workload", staging.workload("small"));

        rule.lift();
        trial.faultIsOver();
        ready(staging);
    }

    @Fault(20)
    @Tag("fast-faults")
    void aBlackHoleHoldsUpNobodyElse(TestNamespace hub) {
        var other = ready(Staging.declared(cluster, hub));
        var rule = proxy.on(write().kind("NetworkPolicy").in(other.web())).swallow();
        // Its namespace is as it should be, but for one policy whose repair is swallowed.
        cluster.delete("networkpolicy", other.web(), "deny-all");
        cluster.eventually(() -> assertThat(rule.hits()).isPositive());
        var swallowed = Instant.now();

        var free = Staging.beside(other, "free");
        cluster.awaitReady(free);
        assertThat(Duration.between(swallowed, Instant.now()))
                .as("until another environment was made")
                .isLessThan(Duration.ofSeconds(12));
        other.awaitWords("environment", other.name(), "TargetFault");
        trial.note("said after %d s"
                .formatted(Duration.between(swallowed, Instant.now()).toSeconds()));
        assertThat(Duration.between(swallowed, Instant.now())).isLessThan(Duration.ofSeconds(30));

        rule.lift();
        trial.faultIsOver();
        cluster.await("networkpolicy", other.web(), "deny-all");
        ready(other);
    }

    @Fault(21)
    void aReplyThatTricklesHoldsUpNobodyElse() {
        var slow = ready(Staging.declared(cluster, hub));
        var rule = proxy.on(write().in(slow.web())).trickleReply(Duration.ofSeconds(1));
        slow.patch("{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"9\"}},{\"name\":\"data\"}]}");
        cluster.eventually(() -> assertThat(rule.hits()).isPositive());
        var began = Instant.now();

        cluster.awaitReady(Staging.beside(slow, "free"));
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(12));

        slow.awaitWords("environment", slow.name(), "TargetFault");
        trial.note("given up after %d s"
                .formatted(Duration.between(began, Instant.now()).toSeconds()));
        rule.lift();
        trial.faultIsOver();
        ready(slow);
    }

    private static Match inventory() {
        return verb("create", "update").kind("ConfigMap").in("bulkhead-system");
    }

    private Staging ready(Staging staging) {
        staging.awaitReady();
        trial.recovered();
        trial.writes(staging.writes(audit).size());
        return staging;
    }

    /** I3: the API server's own record has at most one creation of each object. */
    private void nothingIsMadeTwice() {
        var made = audit.writes(Audit.OPERATOR).stream()
                .filter(it -> it.code() == 201 && !it.resource().equals("events"))
                .filter(it -> it.namespace().startsWith(hub + "-") || it.name().startsWith(hub + "-"))
                .collect(Collectors.groupingBy(RequestFaultsIT::object));
        assertThat(made).isNotEmpty().allSatisfy((object, writes) -> assertThat(writes)
                .hasSize(1));
    }

    private static List<String> object(AuditRequest request) {
        return List.of(request.resource(), request.namespace(), request.name());
    }

    private void quietlyFor(Duration time) {
        org.awaitility.Awaitility.await()
                .pollDelay(time)
                .atMost(time.multipliedBy(2))
                .until(() -> true);
    }
}
