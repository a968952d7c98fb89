package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.api.v1alpha1.KubeconfigSecretRef;
import dev.bulkhead.api.v1alpha1.KubeconfigSource;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.TargetClusterSpec;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a TargetCluster says of itself while it isn't open. */
class ClusterReporterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ProbeResult.Healthy WELL = new ProbeResult.Healthy(
            "v1.36.3", "uid-1", Optional.empty(), OperatorAccount.NONE, ClusterCapabilities.UNKNOWN);

    @Test
    void oneThatNobodyUsesIsReadyWhenItAnswers() {
        var status = status(new Link.Connecting(), Optional.of(WELL), false, Duration.ZERO);

        assertThat(status).extracting(Condition::getType).contains("Ready").doesNotContain("Reconciling", "Stalled");
        assertThat(find(status, "Reachable").getStatus()).isEqualTo("True");
        assertThat(find(status, "Fenced").getStatus()).isEqualTo("Unknown");
    }

    @Test
    void oneWhereWeMayNotDoAllIsNotReadyEvenIfNobodyUsesIt() {
        var lacking = new ProbeResult.Healthy(
                "v1.36.3",
                "uid-1",
                Optional.of("delete jobs.batch"),
                OperatorAccount.NONE,
                ClusterCapabilities.UNKNOWN);

        var status = status(new Link.Connecting(), Optional.of(lacking), false, Duration.ZERO);

        assertThat(find(status, "Stalled").getMessage()).contains("delete jobs.batch");
    }

    @Test
    void aTokenThatWillEndIsSaidBeforeItDoes() {
        var ending = WELL.withRenewal(Optional.of("the API server forbids it"));

        var status = status(new Link.Connecting(), Optional.of(ending), false, Duration.ZERO);

        assertThat(find(status, "Authorized").getMessage()).contains("isn't renewed: the API server forbids it");
    }

    @Test
    void oneThatSomebodyWaitsForIsReconciling() {
        assertThat(find(status(new Link.Connecting(), Optional.of(WELL), true, Duration.ZERO), "Reconciling")
                        .getReason())
                .isEqualTo("Progressing");
    }

    @Test
    void oneThatDoesntAnswerIsReconcilingForFiveMinutesAndThenStalled() {
        var link = new Link.Broken(Reason.ClusterUnreachable, "Nobody answers");

        assertThat(find(status(link, Optional.of(WELL), true, Duration.ofMinutes(4)), "Reconciling")
                        .getReason())
                .isEqualTo("ClusterUnreachable");
        var later = status(link, Optional.of(WELL), true, Duration.ofMinutes(5));
        assertThat(find(later, "Stalled").getReason()).isEqualTo("ClusterUnreachable");
        assertThat(find(later, "Reachable").getStatus()).isEqualTo("False");
        assertThat(find(later, "Authorized").getStatus()).isEqualTo("Unknown");
    }

    @ParameterizedTest
    @EnumSource(names = {"ClusterChanged", "ClusterTombstoned", "ClusterTaken", "KubeconfigRefused", "RightsMissing"})
    void whatSomebodyHasToDecideIsStalledAtOnce(Reason reason) {
        var status = status(new Link.Broken(reason, "why"), Optional.empty(), true, Duration.ZERO);

        assertThat(find(status, "Stalled").getMessage()).isEqualTo("why");
        assertThat(find(status, "Reachable").getStatus())
                .isEqualTo(reason == Reason.KubeconfigRefused ? "False" : "True");
    }

    @Test
    void aLeaseThatAnotherHoldsShowsWhereItBelongs() {
        var status = status(
                new Link.Broken(Reason.Fenced, "Another has it"), Optional.of(WELL), true, Duration.ofSeconds(20));

        assertThat(find(status, "Fenced").getStatus()).isEqualTo("False");
        assertThat(find(status, "Reachable").getStatus()).isEqualTo("True");
    }

    @Test
    void aHundredOfItsEnvironmentsAreNamedAndAllAreCounted() {
        var users = IntStream.range(0, 150).mapToObj("shop/e%03d"::formatted).toList();

        var status = ClusterReporter.status(
                cluster(),
                new ClusterState(new Link.Connecting(), NOW, Optional.of(WELL), true),
                users,
                Optional.empty(),
                NOW);

        assertThat(status.environments()).isEqualTo(150);
        assertThat(status.usedBy()).hasSize(100).startsWith("shop/e000");
    }

    private static List<Condition> status(
            Link link, Optional<ProbeResult.Healthy> well, boolean isUsed, Duration since) {
        return ClusterReporter.status(
                        cluster(),
                        new ClusterState(link, NOW.minus(since), well, isUsed),
                        List.of(),
                        Optional.empty(),
                        NOW)
                .conditions();
    }

    private static TargetCluster cluster() {
        var cluster = new TargetCluster();
        cluster.setMetadata(
                new ObjectMetaBuilder().withName("east").withGeneration(1L).build());
        cluster.setSpec(new TargetClusterSpec(null, new KubeconfigSource(new KubeconfigSecretRef("east", null))));
        return cluster;
    }

    private static Condition find(List<Condition> conditions, String type) {
        return Conditions.find(conditions, type).orElseThrow();
    }
}
