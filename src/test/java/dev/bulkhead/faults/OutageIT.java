package dev.bulkhead.faults;

import static dev.bulkhead.faults.Match.anything;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.it.Staging;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** The API server is away for long, and meanwhile every environment was changed and damaged. */
@FaultSuite
class OutageIT {

    private static final int MANY = Integer.parseInt(System.getenv().getOrDefault("OUTAGE_ENVIRONMENTS", "200"));
    private static final Duration DARK =
            Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("OUTAGE_SECONDS", "90")));
    private static final Duration LONG = Duration.ofMinutes(5);

    private final TestCluster cluster;
    private final FaultProxy proxy;

    OutageIT(TestCluster cluster, KubeCluster kube, Station station) {
        this.cluster = cluster;
        proxy = station.at(kube).proxy();
    }

    @Fault(41)
    void twoHundredEnvironmentsAreRightAgainWithoutAStampede(TestNamespace hub, Audit audit, Trial trial) {
        var staging = Staging.declared(cluster, hub);
        var names = IntStream.range(0, MANY)
                .mapToObj(i -> Staging.beside(staging, "e%03d".formatted(i)))
                .toList();
        cluster.eventually(
                LONG, () -> assertThat(new Crowd(cluster, hub).ready()).isEqualTo(MANY + 1));
        audit.awaitQuiet(Audit.OPERATOR, Duration.ofSeconds(3));

        var dark = proxy.goDark();
        names.forEach(name -> {
            cluster.patch(
                    "environment", name, "{\"spec\":{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"9\"}}]}}");
            cluster.delete("networkpolicy", name.replace('/', '-') + "-web", "deny-all");
        });
        var tried = proxy.requests(anything()).size();
        Awaitility.await().pollDelay(DARK).atMost(DARK.multipliedBy(2)).until(() -> true);
        var knocks = proxy.requests(anything()).size() - tried;
        audit.mark();
        dark.lift();
        trial.faultIsOver();

        cluster.eventually(
                LONG, () -> assertThat(new Crowd(cluster, hub).ready()).isEqualTo(MANY + 1));
        cluster.eventually(LONG, () -> assertThat(names)
                .allMatch(name -> cluster.find("networkpolicy", name.replace('/', '-') + "-web/deny-all")
                        .isPresent()));
        trial.recovered();
        var requests = audit.requestsOtherThanWatchesAndLeases(Audit.OPERATOR);
        var peak = Crowd.peak(requests);
        trial.writes((int) requests.stream().filter(AuditRequest::isWrite).count());
        trial.note("%d environments, %d s dark with %d attempts; then at most %d requests a second, %d in all"
                .formatted(MANY, DARK.toSeconds(), knocks, peak, requests.size()));
        assertThat(peak).isLessThan(Crowd.STAMPEDE);
    }
}
