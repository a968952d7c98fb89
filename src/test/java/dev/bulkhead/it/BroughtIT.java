package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.cluster.capability.CapabilityReading;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.OtherDefinitions;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another operator brings a Secret, and later another value. The test is that operator. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class BroughtIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    /** Who waits for pods looks again after five. */
    private static final Duration LONGER_THAN_ANY_LOOK = Duration.ofSeconds(6);

    private final TestCluster cluster;
    private final OperatorInProcess operator;
    private Audit audit;
    private Staging staging;
    private Scope scope;

    BroughtIT(TestCluster cluster, OperatorInProcess operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void aSenderThatUsesWhatIsBrought(TestNamespace hub, Audit audit) {
        this.audit = audit;
        externalSecretsAreServed();
        operator.start();
        staging = Staging.declared(cluster, hub);
        scope = staging.keeps(
                "entries:",
                "- {name: mail, type: External, external: {store: {name: team}, data: [{name: password, remoteKey: mail}]}}");
        staging.runs("sender", "env: [{name: MAIL, secretRef: {entry: mail, key: password}}]");
        cluster.await("externalsecret", staging.web(), "mail");
        cluster.eventually(() -> assertThat(staging.pods("sender")).isNotEmpty());
    }

    @Test
    void theFirstValueRestartsNobodyAndTheNextOneWhoUsesIt() {
        var started = staging.podUids("sender");

        brings("one", "1");
        // A pod that waited for its Secret is tried again in a while only, and its status is said then.
        cluster.awaitReady("workload", staging.workload("sender"));
        staging.awaitReady();
        audit.awaitQuiet(Audit.OPERATOR, LONGER_THAN_ANY_LOOK);
        assertThat(staging.podUids("sender")).isEqualTo(started);

        audit.mark();
        brings("one", "2");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(staging.writes(audit)).isEmpty();

        brings("two", "3");
        awaitOthersThan(started);
        cluster.eventually(() -> assertThat(scope.consumers("mail"))
                .containsOnlyKeys("sender")
                .hasEntrySatisfying("sender", it -> assertThat(it).containsEntry("state", "Current")));

        var restarted = staging.podUids("sender");
        operator.stop();
        operator.start();
        staging.awaitReady();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(staging.podUids("sender")).isEqualTo(restarted);
    }

    @Test
    void aValueThatCameWhileNobodyLookedRestartsWhoUsesIt() {
        brings("one", "1");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        var started = staging.podUids("sender");

        operator.stop();
        brings("two", "2");
        operator.start();

        awaitOthersThan(started);
    }

    @Test
    void whatIsBroughtIsNotOurs() {
        brings("one", "1");
        assertThat(cluster.get("externalsecret", staging.web() + "/mail")
                        .<Map<String, String>>get("spec", "target", "template", "metadata", "labels"))
                .containsOnlyKeys("bulkhead.dev/brought");

        staging.patchWorkload("sender", "{\"env\":[]}");
        cluster.awaitGone("externalsecret", staging.web() + "/mail");
        staging.awaitReady();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(cluster.find("secret", staging.web() + "/mail")).isPresent();
    }

    /** An operator that was there before isn't told until it asks again. */
    private void externalSecretsAreServed() {
        operator.stop();
        OtherDefinitions.applyTo(cluster, "external-secrets");
        cluster.eventually(
                () -> assertThat(CapabilityReading.of(cluster.client(), "").apis())
                        .anyMatch(api -> api.kinds().contains(Kind.EXTERNAL_SECRET.kind())));
    }

    private void awaitOthersThan(Set<String> pods) {
        cluster.eventually(
                () -> assertThat(staging.podUids("sender")).isNotEmpty().doesNotContainAnyElementsOf(pods));
    }

    /** As External Secrets Operator does, with the labels that it was asked for. */
    private void brings(String password, String refreshed) {
        Map<String, String> labels = cluster.get("externalsecret", staging.web() + "/mail")
                .get("spec", "target", "template", "metadata", "labels");
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(staging.web())
                        .withName("mail")
                        .withLabels(labels)
                        .addToAnnotations("refreshed", refreshed)
                        .endMetadata()
                        .addToStringData("password", password)
                        .build())
                .serverSideApply();
    }
}
