package dev.bulkhead.faults;

import static dev.bulkhead.faults.TwoTargets.PRODUCTION;
import static dev.bulkhead.faults.TwoTargets.STAGING;
import static dev.bulkhead.faults.TwoTargets.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.Remote;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A target is away for an hour, and meanwhile every environment on it was changed and damaged. */
@FaultSuite
class TargetOutageIT {

    private static final int MANY = Integer.parseInt(System.getenv().getOrDefault("OUTAGE_ENVIRONMENTS", "200"));
    private static final Duration DARK = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final TestCluster hub;
    private final Station station;
    private final TwoTargets targets;

    TargetOutageIT(
            TestCluster hub,
            KubeCluster kube,
            Station station,
            @Another(STAGING) Remote staging,
            @Another(PRODUCTION) Remote production) {
        this.hub = hub;
        this.station = station.at(kube);
        targets = new TwoTargets(hub, staging, production);
    }

    @Fault(45)
    void aTargetThatWasAwayForAnHourIsRightAgainWithinTwoMinutes(
            TestNamespace namespace, @Another(PRODUCTION) Audit audit, Trial trial) {
        var clock = new MovableClock(Clock.systemUTC());
        station.start(Station.SETTINGS, clock);
        targets.join();
        targets.inhabit(namespace);
        var names = IntStream.range(0, MANY).mapToObj("p%03d"::formatted).toList();
        names.forEach(name -> targets.environment(namespace, name, PRODUCTION));
        hub.eventually(LONG, () -> assertThat(new Crowd(hub, namespace).ready()).isEqualTo(MANY + 2));

        var dark = targets.to(PRODUCTION).goDark();
        names.forEach(name -> {
            targets.limitPods(namespace, name, 9);
            targets.at(PRODUCTION).delete("networkpolicy", web(namespace, name), "deny-all");
        });
        for (var i = 0; i < 6; i++) {
            clock.advance(Duration.ofMinutes(10));
            Awaitility.await().pollDelay(DARK.dividedBy(6)).atMost(DARK).until(() -> true);
        }
        // An edit elsewhere is live as soon as ever.
        targets.isWell(namespace, STAGING, 4);
        audit.mark();
        dark.lift();
        trial.faultIsOver();

        hub.eventually(LONG, () -> assertThat(new Crowd(hub, namespace).ready()).isEqualTo(MANY + 2));
        hub.eventually(LONG, () -> assertThat(names).allMatch(name -> targets.at(PRODUCTION)
                .find("networkpolicy", web(namespace, name) + "/deny-all")
                .isPresent()));
        trial.recovered();
        var requests = audit.requestsOtherThanWatchesAndLeases(Audit.OPERATOR);
        trial.writes((int) requests.stream().filter(AuditRequest::isWrite).count());
        trial.note("%d environments, an hour by the operator's clock; then at most %d requests a second, %d in all"
                .formatted(MANY, Crowd.peak(requests), requests.size()));
        assertThat(Crowd.peak(requests)).isLessThan(Crowd.STAMPEDE);
        assertThat(trial.recovery()).hasValueSatisfying(it -> assertThat(it).isLessThan(Duration.ofMinutes(2)));
    }
}
