package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Health;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.contributor.SliceReport;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a look at an environment says of each of its contributors. */
class ContributorReporterTest {

    private static final Map<Origin, Long> GENERATIONS = Map.of(PassWorld.API, 2L, PassWorld.WEB, 2L);

    @Test
    void everyContributorHasAReportWhateverBecameOfTheLook() {
        var missing = new Pass.Missing(Reason.WaitingForClass, "no class");

        assertThat(ContributorReporter.reports(missing, GENERATIONS)).containsOnlyKeys(PassWorld.API, PassWorld.WEB);
        assertThat(api(missing).standing())
                .isEqualTo(new Standing.Reconciling(Reason.WaitingForEnvironment, "The environment waits: no class"));
    }

    @Test
    void withAnEnvironmentThatCanNotBeItWaits() {
        var impossible = new Pass.Impossible(
                new Acceptance(List.of(new Verdict.Refused(Reason.QuotaAboveCeiling, "too much")), Map.of()));

        assertThat(api(impossible).standing())
                .isEqualTo(
                        new Standing.Reconciling(Reason.WaitingForEnvironment, "The environment is stalled: too much"));
    }

    @Test
    void whatIsLiveIsReady() {
        var report = api(PassWorld.live(Map.of(PassWorld.API, new Health(Health.State.READY, "", 3, 3))));

        assertThat(report)
                .isEqualTo(
                        new SliceReport(2, new Standing.Ready(Reason.Ready, ""), "shop-staging-web", 3, 3, Map.of()));
    }

    @Test
    void aGenerationThatTheLivePlanDoesNotContainIsNotReady() {
        var report = ContributorReporter.reports(PassWorld.live(), Map.of(PassWorld.API, 3L))
                .get(PassWorld.API);

        assertThat(report.generation()).isEqualTo(3);
        assertThat(report.standing()).isInstanceOf(Standing.Reconciling.class);
    }

    @Test
    void whoCameAfterTheLookIsNotReady() {
        var late = Origin.workload("late");

        assertThat(ContributorReporter.reports(PassWorld.live(), Map.of(late, 1L))
                        .get(late)
                        .standing())
                .isInstanceOf(Standing.Reconciling.class);
    }

    @Test
    void aRefusedObjectStallsItsOwnWorkloadAndNoOther() {
        var pass = PassWorld.live(new Applied.Refused(PassWorld.ref("Deployment", "api"), "no"));

        assertThat(api(pass).standing()).isEqualTo(new Standing.Stalled(Reason.Refused, "no"));
        assertThat(ContributorReporter.reports(pass, GENERATIONS)
                        .get(PassWorld.WEB)
                        .standing())
                .isInstanceOf(Standing.Ready.class);
    }

    @Test
    void podsThatDoNotComeUpAreToldAtTheirWorkload() {
        var pass = PassWorld.live(
                Map.of(PassWorld.API, new Health(Health.State.PROGRESSING, "0 of 1 replicas are available", 1, 0)));

        assertThat(api(pass).standing())
                .isEqualTo(new Standing.Reconciling(
                        Reason.WorkloadsNotReady, "Workload api: 0 of 1 replicas are available"));
        assertThat(api(pass).replicas()).isEqualTo(1);
    }

    @Test
    void inAnEnvironmentThatIsHeldItIsReadyOnlyWithNothingOutstanding() {
        var change = new dev.bulkhead.apply.Step.Write(
                PassWorld.planned("Deployment", "api"), "desired", dev.bulkhead.apply.Step.Why.NEW, "");

        assertThat(api(PassWorld.previewed()).standing())
                .isEqualTo(new Standing.Ready(Reason.Paused, "In place; the environment is held"));
        assertThat(api(PassWorld.previewed(change)).standing()).isInstanceOf(Standing.Stalled.class);
    }

    private static SliceReport api(Pass pass) {
        return ContributorReporter.reports(pass, GENERATIONS).get(PassWorld.API);
    }
}
