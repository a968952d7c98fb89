package dev.bulkhead.faults;

import static dev.bulkhead.faults.TwoTargets.PRODUCTION;
import static dev.bulkhead.faults.TwoTargets.STAGING;
import static dev.bulkhead.faults.TwoTargets.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.Remote;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** What befalls one target of two: it is said, nothing wrong is written, and the other one doesn't notice. */
@FaultSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TargetFaultsIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    /** As much of Linkerd as tells that it is there. */
    private static final String SERVERS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: servers.policy.linkerd.io}
            spec:
              group: policy.linkerd.io
              scope: Namespaced
              names: {kind: Server, plural: servers}
              versions:
              - name: v1beta3
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object}}
            """;

    private final TestCluster hub;
    private final Station station;
    private final TwoTargets targets;
    private TestNamespace namespace;
    private Trial trial;

    TargetFaultsIT(
            TestCluster hub,
            KubeCluster kube,
            Station station,
            @Another(STAGING) Remote staging,
            @Another(PRODUCTION) Remote production) {
        this.hub = hub;
        this.station = station.at(kube);
        targets = new TwoTargets(hub, staging, production);
    }

    @BeforeEach
    void twoEnvironmentsThatAreWell(TestNamespace namespace, Trial trial) {
        this.namespace = namespace;
        this.trial = trial;
        targets.join();
        targets.inhabit(namespace);
    }

    @Fault(43)
    void aTargetThatIsRestoredFromABackupIsMadeTrueAgain() {
        var quota = web(namespace, "early") + "/web";
        targets.isWell(namespace, PRODUCTION, 4);
        targets.environment(namespace, "early", PRODUCTION);
        targets.limitPods(namespace, "early", 2);
        environmentToBeDeleted("gone");
        targets.at(PRODUCTION).await("resourcequota", quota, _ -> true);
        hub.awaitReady(namespace.of("early"));
        hub.awaitReady(namespace.of("gone"));
        var backup = targets.remote(PRODUCTION).kube().backUp();
        assumeThat(backup)
                .as("only a cluster of plain processes can be restored")
                .isPresent();

        targets.isWell(namespace, PRODUCTION, 7);
        targets.environment(namespace, "late", PRODUCTION);
        hub.patch("environment", namespace.of("early"), "{\"spec\":{\"namespaces\":[{\"name\":\"web\"}]}}");
        hub.delete("environment", namespace.of("gone"));
        hub.awaitReady(namespace.of("late"));
        targets.at(PRODUCTION).awaitGone("resourcequota", quota);
        hub.awaitGone("environment", namespace.of("gone"));
        backup.orElseThrow().bringBack();
        targets.at(PRODUCTION).await("namespace", web(namespace, "gone"), _ -> true);
        trial.faultIsOver();

        targets.awaitLimit(namespace, PRODUCTION, 7, Duration.ofMinutes(2));
        targets.at(PRODUCTION).await("networkpolicy", web(namespace, "late"), "deny-all");
        targets.at(PRODUCTION).awaitGone("resourcequota", quota);
        hub.awaitReady(namespace.of(PRODUCTION));
        hub.awaitReady(namespace.of("late"));
        trial.recovered();
        trial.note("with an edit, a removal, a new and a deleted environment after the backup");
        targets.isWell(namespace, STAGING, 8);

        // Nobody's now, so it stays until somebody declares it again.
        assertThat(targets.at(PRODUCTION).find("namespace", web(namespace, "gone")))
                .isPresent();
        environmentToBeDeleted("gone");
        hub.awaitReady(namespace.of("gone"));
        hub.delete("environment", namespace.of("gone"));
        targets.at(PRODUCTION).awaitGone("namespace", web(namespace, "gone"));
    }

    @Fault(46)
    void aTargetThatComesAndGoesDoesNotComeAndGoInTheStatus(@Another(PRODUCTION) Audit there, Audit here) {
        here.mark();
        there.mark();
        for (var i = 1; i <= 4; i++) {
            var dark = targets.to(PRODUCTION).goDark();
            Trial.pause(Duration.ofSeconds(10));
            dark.lift();
            Trial.pause(Duration.ofSeconds(10));
        }
        trial.faultIsOver();

        targets.isWell(namespace, PRODUCTION, 7);
        hub.awaitReady("targetcluster", PRODUCTION);
        trial.recovered();
        var said = here.writesTo("targetclusters").stream()
                .filter(it -> it.name().equals(PRODUCTION))
                .count();
        var asked = there.requests().stream()
                .filter(it -> it.userAgent().equals(Audit.OPERATOR))
                .count();
        trial.note("four times in 80 s: %d writes of its status, %d requests to it".formatted(said, asked));
        assertThat(said).isLessThanOrEqualTo(8);
        assertThat(asked).isLessThan(1500);
    }

    @Fault(47)
    void aWrongAuthorityIsSaidAtOnceAndTheRightOneTakenAtOnce() {
        var good = targets.remote(PRODUCTION).stored();
        var watches = targets.to(PRODUCTION).watches(Match.anything()).size();
        var began = Instant.now();
        targets.remote(PRODUCTION)
                .kubeconfig(good.replaceAll(
                        "certificate-authority-data: \\S+",
                        "certificate-authority-data: "
                                + authority(targets.remote(STAGING).stored())));

        targets.awaitTrouble(PRODUCTION, "ClusterUnreachable");
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(30));
        targets.isWell(namespace, STAGING, 5);
        targets.remote(PRODUCTION).kubeconfig(good);
        trial.faultIsOver();

        hub.awaitReady("targetcluster", PRODUCTION);
        targets.isWell(namespace, PRODUCTION, 5);
        trial.recovered();
        // The watches of the client before are closed: else a rotation a day would add up.
        hub.eventually(() ->
                assertThat(targets.to(PRODUCTION).watches(Match.anything())).hasSizeLessThanOrEqualTo(watches));
    }

    @Fault(48)
    @Tag("fast-faults")
    void anotherClusterUnderTheSameNameIsNotWrittenTo(@Another(STAGING) Audit audit) {
        var good = targets.remote(PRODUCTION).stored();
        audit.mark();

        targets.remote(PRODUCTION).kubeconfig(targets.remote(STAGING).stored());

        var said = targets.awaitTrouble(PRODUCTION, "ClusterChanged");
        assertThat(said.message()).contains("ReplaceCluster");
        targets.limitPods(namespace, PRODUCTION, 6);
        targets.isWell(namespace, STAGING, 6);
        assertThat(targets.at(STAGING).find("namespace", web(namespace, PRODUCTION)))
                .isEmpty();
        assertThat(audit.writes(Audit.OPERATOR)).noneMatch(it -> it.uri().contains(web(namespace, PRODUCTION)));

        targets.remote(PRODUCTION).kubeconfig(good);
        trial.faultIsOver();
        hub.awaitReady("targetcluster", PRODUCTION);
        targets.awaitLimit(namespace, PRODUCTION, 6, Duration.ofMinutes(1));
        trial.recovered();
    }

    @Fault(49)
    @Tag("fast-faults")
    void anEnvironmentWhoseClusterIsGoneForGoodGoesOnSomebodysWord() {
        var name = namespace.of(PRODUCTION);
        targets.to(PRODUCTION).goDark();
        targets.awaitTrouble(PRODUCTION, "ClusterUnreachable");
        hub.patch("environment", name, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
        hub.delete("environment", name);
        hub.eventually(() -> assertThat(hub.conditions("environment", name).values())
                .anyMatch(it -> it.message().contains("Abandon")));

        hub.applyYaml(namespace, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {name: let-go}
                spec: {action: Release, environmentRef: {name: production}, release: {unreachable: Abandon}}
                """);

        hub.awaitGone("environment", name);
        hub.awaitCondition("operation", namespace.of("let-go"), "Ready", "Succeeded");
        assertThat(hub.events(name)).anyMatch(it -> it.message().contains("production"));
        targets.to(PRODUCTION).heal();
        assertThat(targets.at(PRODUCTION).find("namespace", web(namespace, PRODUCTION)))
                .isPresent();
        targets.at(PRODUCTION).delete("namespace", web(namespace, PRODUCTION));
    }

    @Fault(53)
    void aClockThatJumpsStartsNothingAndStopsNothing(@Another(PRODUCTION) Audit audit) {
        var clock = new MovableClock(Clock.systemUTC());
        station.start(Station.SETTINGS, clock);
        // It has just begun, and wins the lease there first.
        targets.limitPods(namespace, PRODUCTION, 3);
        targets.awaitLimit(namespace, PRODUCTION, 3, Duration.ofMinutes(1));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        audit.mark();

        clock.advance(Duration.ofHours(1));
        targets.isWell(namespace, STAGING, 3);
        Trial.pause(A_WHILE);
        assertThat(audit.writes(Audit.OPERATOR)).isEmpty();
        assertThat(targets.remote(PRODUCTION).stored()).isNotEmpty();
        targets.isWell(namespace, PRODUCTION, 4);

        clock.advance(Duration.ofHours(-1));
        trial.faultIsOver();
        targets.isWell(namespace, STAGING, 4);
        targets.isWell(namespace, PRODUCTION, 5);
        targets.at(PRODUCTION).delete("networkpolicy", web(namespace, PRODUCTION), "deny-all");
        targets.at(PRODUCTION).await("networkpolicy", web(namespace, PRODUCTION), "deny-all");
        targets.to(PRODUCTION).goDark();
        targets.awaitTrouble(PRODUCTION, "ClusterUnreachable");
        targets.heal();
        // A try that was under way when it came back runs out first.
        targets.limitPods(namespace, PRODUCTION, 6);
        targets.awaitLimit(namespace, PRODUCTION, 6, Duration.ofMinutes(1));
        trial.recovered();
        station.start();
    }

    @Fault(58)
    void withoutLinkerdTheMeshIsMissingAndNothingElse() {
        var clock = new MovableClock(Clock.systemUTC());
        station.start(Station.SETTINGS, clock);
        hub.patch("environment", namespace.of(STAGING), "{\"spec\":{\"mesh\":{\"provider\":\"Linkerd\"}}}");

        hub.eventually(() -> assertThat(
                        hub.conditions("environment", namespace.of(STAGING)).get("MeshReady"))
                .isNotNull()
                .matches(it -> !it.isTrue() && it.reason().equals("MeshMissing")));
        targets.isWell(namespace, STAGING, 3);
        targets.isWell(namespace, PRODUCTION, 3);

        targets.at(STAGING).applyYaml(SERVERS);
        trial.faultIsOver();
        // What a cluster offers is asked every five minutes.
        clock.advance(Duration.ofMinutes(6));
        targets.remote(STAGING).kubeconfig(targets.remote(STAGING).stored() + "\n");
        hub.awaitTrue("environment", namespace.of(STAGING), "MeshReady");
        hub.awaitReady(namespace.of(STAGING));
        trial.recovered();
        targets.at(STAGING).delete("customresourcedefinition", "servers.policy.linkerd.io");
        station.start();
    }

    @Fault(62)
    void aNameThatNobodyResolvesIsSaidAndHoldsUpNobodyElse() {
        var good = targets.remote(PRODUCTION).stored();
        var server = URI.create(targets.to(PRODUCTION).url());

        targets.remote(PRODUCTION)
                .kubeconfig(good.replace(server.getHost() + ":" + server.getPort(), "production.invalid:6443"));

        var said = targets.awaitTrouble(PRODUCTION, "ClusterUnreachable");
        assertThat(said.message()).contains("no address");
        targets.isWell(namespace, STAGING, 8);
        targets.remote(PRODUCTION).kubeconfig(good);
        trial.faultIsOver();
        hub.awaitReady("targetcluster", PRODUCTION);
        targets.isWell(namespace, PRODUCTION, 8);
        trial.recovered();
    }

    private void environmentToBeDeleted(String name) {
        targets.environment(namespace, name, PRODUCTION, "\n  deletionProtection: Disabled\n");
    }

    @AfterEach
    void allIsWhole() {
        targets.heal();
    }

    @AfterAll
    void close() {
        targets.heal();
    }

    private static String authority(String kubeconfig) {
        return kubeconfig
                .lines()
                .filter(it -> it.contains("certificate-authority-data: "))
                .map(it -> it.strip().split(" ")[1])
                .findFirst()
                .orElseThrow();
    }
}
