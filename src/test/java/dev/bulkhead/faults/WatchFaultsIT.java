package dev.bulkhead.faults;

import static dev.bulkhead.faults.Match.anything;
import static dev.bulkhead.faults.Match.verb;
import static dev.bulkhead.faults.Match.watch;
import static dev.bulkhead.faults.Match.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.it.Staging;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import dev.bulkhead.runtime.Settings;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Watches that lie, stutter, forget and end. */
@FaultSuite
class WatchFaultsIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);
    private static final String NINE =
            "{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"9\"}},{\"name\":\"data\"}]}";

    private final TestCluster cluster;
    private final Station station;
    private final FaultProxy proxy;
    private Audit audit;
    private Trial trial;
    private Staging staging;

    WatchFaultsIT(TestCluster cluster, KubeCluster kube, Station station) {
        this.cluster = cluster;
        this.station = station.at(kube);
        proxy = station.proxy();
    }

    @BeforeEach
    void anEnvironmentThatIsWell(TestNamespace hub, Audit audit, Trial trial) {
        this.audit = audit;
        this.trial = trial;
        staging = Staging.declared(cluster, hub);
        staging.runs("api");
        staging.awaitReady();
        quiet();
    }

    @Fault(23)
    void watchesThatEndEverySecondCostABoundedNumberOfRequests() {
        var before = proxy.requests(anything()).size();
        var seconds = 10;
        for (var second = 0; second < seconds; second++) {
            proxy.watches(watch()).forEach(OpenWatch::end);
            Trial.pause(Duration.ofSeconds(1));
        }
        var each = proxy.watches(watch()).size();
        var asked = proxy.requests(anything()).size() - before;
        trial.note("%d requests in %d s over about %d watches".formatted(asked, seconds, each));
        assertThat(asked).isLessThan(each * seconds * 5);
        trial.faultIsOver();

        staging.patch(NINE);
        nineAreLive();
        assertThat(staging.writes(audit)).hasSizeLessThan(10);
    }

    @Fault(22)
    void aWatchThatFallsSilentIsCutAndOpenedAgain() {
        var clock = new MovableClock(Clock.systemUTC());
        station.start(Settings.DEFAULTS, clock);
        try {
            staging.awaitReady();
            quiet();
            var silent = proxy.watches(watch().kind("NetworkPolicy"));
            var frozen = proxy.onEvents(
                            watch().kind("NetworkPolicy").and(it -> silent.stream()
                                    .anyMatch(open -> open.request().equals(it))),
                            _ -> true)
                    .freeze();
            cluster.delete("networkpolicy", staging.web(), "deny-all");
            cluster.eventually(() -> assertThat(frozen.hits()).isPositive());
            clock.advance(Duration.ofMinutes(4));
            trial.faultIsOver();

            cluster.await("networkpolicy", staging.web(), "deny-all");
            trial.recovered();
            trial.note("after four minutes of silence by the operator's clock");
        } finally {
            proxy.heal();
            station.start();
        }
    }

    @Fault(24)
    void anEventThatNeverComesIsMadeUpForByTheNextList() {
        var clock = new MovableClock(Clock.systemUTC());
        station.start(Settings.DEFAULTS, clock);
        try {
            staging.awaitReady();
            quiet();
            var rule = proxy.onEvents(watch().kind("NetworkPolicy"), it -> it.isAbout("deny-all"))
                    .once()
                    .drop();
            cluster.delete("networkpolicy", staging.web(), "deny-all");
            cluster.eventually(() -> assertThat(rule.hits()).isEqualTo(1));
            clock.advance(Duration.ofMinutes(61));
            trial.faultIsOver();

            cluster.eventually(
                    Duration.ofMinutes(4), () -> assertThat(cluster.find("networkpolicy", staging.web() + "/deny-all"))
                            .isPresent());
            trial.recovered();
            trial.note("an hour later by the operator's clock; one kind is listed every five seconds");
        } finally {
            proxy.heal();
            station.start();
        }
    }

    @Fault(25)
    @Tag("fast-faults")
    void eventsThatComeTwiceCostNothing() {
        proxy.onEvents(watch(), _ -> true).duplicate();
        proxy.watches(watch()).forEach(open -> open.latest().forEach(open::inject));

        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);

        assertThat(staging.writes(audit)).isEmpty();
        trial.faultIsOver();
        staging.patch(NINE);
        nineAreLive();
    }

    @Fault(26)
    void eventsOfTwoKindsThatComeInAnotherOrderEndInTheNewestState() {
        proxy.onEvents(watch().kind("Environment"), it -> it.namespace()
                        .equals(staging.hub().name()))
                .delay(Duration.ofSeconds(2));
        for (var pods = 3; pods <= 9; pods++) {
            staging.patch("{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"%d\"}},{\"name\":\"data\"}]}"
                    .formatted(pods));
            staging.patchWorkload("api", "{\"replicas\":%d}".formatted(pods % 3 + 1));
        }
        trial.faultIsOver();

        nineAreLive();
        cluster.await(
                "deployment", staging.web() + "/api", it -> Integer.valueOf(1).equals(it.get("spec", "replicas")));
    }

    @Fault(27)
    @Tag("fast-faults")
    void aWatchThatGoesBackInTimeChangesNothing() {
        staging.patch(NINE);
        nineAreLive();
        staging.patchWorkload("api", "{\"replicas\":2}");
        cluster.await(
                "deployment", staging.web() + "/api", it -> Integer.valueOf(2).equals(it.get("spec", "replicas")));
        staging.awaitReady();
        quiet();

        var quota = version("resourcequota", "web");
        var deployment =
                cluster.get("deployment", staging.web() + "/api").getMetadata().getGeneration();

        // All that was ever said of them is said again, in the order in which it was true.
        for (var kind : new String[] {"Environment", "Workload", "ResourceQuota", "Deployment"}) {
            proxy.watches(watch().kind(kind)).forEach(open -> open.past().stream()
                    .filter(it -> it.namespace().startsWith(staging.hub().name()))
                    .limit(3)
                    .forEach(open::inject));
        }
        Trial.pause(Duration.ofSeconds(5));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);

        // What is applied again as it is leaves no new version.
        assertThat(version("resourcequota", "web")).isEqualTo(quota);
        assertThat(cluster.get("deployment", staging.web() + "/api")
                        .getMetadata()
                        .getGeneration())
                .isEqualTo(deployment);
        trial.writes(staging.writes(audit).size());
        staging.awaitReady();
    }

    private String version(String kind, String name) {
        return cluster.get(kind, staging.web() + "/" + name).getMetadata().getResourceVersion();
    }

    @Fault({28, 30})
    void aWatchWhosePastIsForgottenListsAgainAndRepeatsNothing() {
        // The next watch after the list is refused as well, as after a compaction in between.
        var again = proxy.on(watch()).times(5).fail(410);
        proxy.watches(watch()).forEach(open -> open.inject(Frame.expired()));
        trial.faultIsOver();
        cluster.delete("networkpolicy", staging.web(), "deny-all");

        cluster.await("networkpolicy", staging.web(), "deny-all");
        staging.patch(NINE);
        nineAreLive();
        assertThat(again.hits()).isEqualTo(5);
        assertThat(audit.writesTo("networkpolicies")).hasSize(1);
    }

    @Fault(31)
    void aWatchThatIsOpenedAndClosedAtOnceDoesNotSpin() {
        var before = proxy.requests(anything()).size();
        var began = System.nanoTime();
        var rule = proxy.onOpening(watch(), OpenWatch::end);
        proxy.watches(watch()).forEach(OpenWatch::end);
        Trial.pause(Duration.ofSeconds(10));
        var seconds = (System.nanoTime() - began) / 1_000_000_000;
        var asked = proxy.requests(anything()).size() - before;
        rule.run();
        var each = proxy.watches(watch()).size();
        trial.note("%d requests in %d s".formatted(asked, seconds));
        trial.faultIsOver();

        staging.patch(NINE);
        nineAreLive();
        assertThat(asked).isLessThan((int) (Math.max(each, 20) * seconds * 3));
    }

    @Fault(33)
    @Tag("fast-faults")
    void aWatchThatLagsBehindOurOwnWritesLeadsToNoSecondOne() {
        var lag = proxy.onEvents(
                        watch(),
                        it -> it.namespace().startsWith(staging.web())
                                || it.name().equals(staging.web()))
                .freeze();
        staging.patch(NINE);
        cluster.await("resourcequota", staging.web() + "/web", it -> "9".equals(it.get("spec", "hard", "pods")));
        staging.runs("late");
        cluster.await("deployment", staging.web(), "late");
        Trial.pause(Duration.ofSeconds(5));
        var quotas = audit.writesTo("resourcequotas").size();
        var services = audit.writesTo("services").size();

        lag.lift();
        trial.faultIsOver();
        staging.awaitReady();
        trial.recovered();
        trial.writes(staging.writes(audit).size());
        assertThat(quotas).isEqualTo(1);
        assertThat(services).isEqualTo(1);
        quiet();
        assertThat(audit.writesTo("resourcequotas")).isEmpty();
        assertThat(audit.writesTo("services")).isEmpty();
    }

    @Fault(41)
    @Tag("fast-faults")
    void afterAnOutageOfTheServerEverythingIsListedOnceAndNothingWritten() {
        var watches = proxy.watches(watch()).size();
        var dark = proxy.goDark();
        cluster.delete("networkpolicy", staging.web(), "deny-all");
        Trial.pause(Duration.ofSeconds(6));
        var before = proxy.requests(verb("list")).size();
        dark.lift();
        trial.faultIsOver();

        cluster.await("networkpolicy", staging.web(), "deny-all");
        staging.patch(NINE);
        nineAreLive();
        assertThat(proxy.requests(verb("list")).size() - before).isLessThanOrEqualTo(watches + 5);
        assertThat(audit.writesTo("networkpolicies")).hasSize(1);
    }

    @Fault(44)
    void aServerThatTakesNoWritesIsAskedEverMoreSlowly() {
        var full = proxy.on(write()).fail(500, "etcdserver: mvcc: database space exceeded");
        staging.patch(NINE);
        cluster.eventually(() -> assertThat(full.hits()).isPositive());
        Trial.pause(Duration.ofSeconds(4));
        var before = full.hits();
        Trial.pause(Duration.ofSeconds(10));
        trial.note("%d writes tried in 10 s".formatted(full.hits() - before));
        assertThat(full.hits() - before).isLessThan(30);

        full.lift();
        trial.faultIsOver();
        nineAreLive();
    }

    private void nineAreLive() {
        cluster.await("resourcequota", staging.web() + "/web", it -> "9".equals(it.get("spec", "hard", "pods")));
        staging.awaitReady();
        trial.recovered();
        trial.writes(staging.writes(audit).size());
    }

    private void quiet() {
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        audit.mark();
    }
}
