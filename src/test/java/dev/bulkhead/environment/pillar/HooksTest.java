package dev.bulkhead.environment.pillar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Health;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Observation;
import dev.bulkhead.apply.Readiness;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.secrets.rotation.HookState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Job's status says of the step that it was to carry out. Conditions as Kubernetes 1.36 writes them. */
class HooksTest {

    private static final Ref JOB = new Ref(Kind.JOB, "shop-staging-data", "login-install-00c0ffee");

    @Test
    void aJobThatIsNotThereWasNotAsked() {
        assertThat(Hooks.state(Optional.empty())).isEqualTo(new HookState.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{active: 1, ready: 1}", "{conditions: [{type: FailureTarget, status: 'True'}]}"})
    void untilAJobHasEndedItsStepIsUnderWay(String status) {
        assertThat(state(status)).isEqualTo(new HookState.Running("Job shop-staging-data/login-install-00c0ffee"));
    }

    @Test
    void aJobThatIsCompleteHasCarriedOutItsStep() {
        assertThat(state("{succeeded: 1, conditions: [{type: Complete, status: 'True'}]}"))
                .isEqualTo(new HookState.Succeeded());
    }

    @Test
    void anExitCodeOfItsOwnIsANoAndSaysNothingOfWhatItPrinted() {
        assertThat(state("""
                conditions:
                - type: Failed
                  status: "True"
                  reason: PodFailurePolicy
                  message: Container hook for pod shop/login-install-00c0ffee-x2x4z failed with exit code 3 matching FailJob rule at index 2
                """))
                .isEqualTo(new HookState.Rejected(
                        "exit code 3. Its log: kubectl logs -n shop login-install-00c0ffee-x2x4z"));
    }

    @Test
    void aRefusalInOtherWordsIsToldAsItIs() {
        assertThat(state(
                        "{conditions: [{type: Failed, status: 'True', reason: PodFailurePolicy, message: 'no: why'}]}"))
                .isEqualTo(new HookState.Rejected("no: why"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DeadlineExceeded | Job was active longer than specified deadline | took longer than hooks.timeout, and was stopped
            BackoffLimitExceeded | Job has reached the specified backoff limit | said not now, or was killed. \
            Its log: kubectl logs -n shop-staging-data job/login-install-00c0ffee
            Else | what: else | came to no end: Else: what: else
            """)
    void whatWasStoppedOrSaidNotNowSaidNothing(String reason, String message, String said) {
        assertThat(state("{conditions: [{type: Failed, status: 'True', reason: %s, message: '%s'}]}"
                        .formatted(reason, message)))
                .isEqualTo(new HookState.TimedOut(said));
    }

    @Test
    void aJobOnItsWayOutCountsForNothing() {
        assertThat(Hooks.state(Optional.of(observed(Health.TERMINATING)))).isEqualTo(new HookState.None());
    }

    @ParameterizedTest
    @CsvSource({
        "JOB, login-install-00c0ffee, true",
        "SECRET, login.revoke.00c0ffee, true",
        "SECRET, login, false",
        "JOB, load-00c0ffee, false",
        "CONFIG_MAP, db-users.install.00c0ffee, false"
    })
    void whatARunHadForItsTimeIsTold(Kind kind, String name, boolean passing) {
        assertThat(Hooks.isOfARun(new Ref(kind, "shop-staging-data", name))).isEqualTo(passing);
    }

    private static HookState state(String status) {
        var job = new KubernetesSerialization()
                .unmarshal(
                        "apiVersion: batch/v1\nkind: Job\nmetadata: {name: login}\nstatus:\n" + status.indent(2),
                        GenericKubernetesResource.class);
        return Hooks.state(Optional.of(observed(Readiness.of(Kind.JOB, job))));
    }

    private static Observation observed(Health health) {
        return new Observation(JOB, "uid", 1, Map.of(), "", health, "");
    }
}
