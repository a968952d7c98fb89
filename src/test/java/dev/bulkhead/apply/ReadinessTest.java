package dev.bulkhead.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.apply.Health.State;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an object's own status says of it. */
class ReadinessTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | {observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2}  | READY       | 2
            0 | {observedGeneration: 3}                                                         | READY       | 0
            2 | {}                                                                              | PROGRESSING | 0
            2 | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2}  | PROGRESSING | 2
            2 | {observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 1}  | PROGRESSING | 1
            2 | {observedGeneration: 3, replicas: 3, updatedReplicas: 1, availableReplicas: 2}  | PROGRESSING | 1
            2 | {observedGeneration: 3, replicas: 3, updatedReplicas: 2, availableReplicas: 2}  | PROGRESSING | 2
            """)
    void aDeploymentIsReadyWhenItsNewPodsAndOnlyTheyAreUp(int wanted, String status, State state, int up) {
        var health = health(Kind.DEPLOYMENT, wanted, status);

        assertThat(health.state()).isEqualTo(state);
        assertThat(health.replicas()).isEqualTo(wanted);
        assertThat(health.readyReplicas()).isEqualTo(up);
    }

    @Test
    void aDeploymentSaysHowFarItIs() {
        assertThat(health(Kind.DEPLOYMENT, 2, "{observedGeneration: 3}").message())
                .isEqualTo("0 of 2 replicas are available");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: Progressing, status: "False", reason: ProgressDeadlineExceeded, message: took too long} | took too long
            {type: ReplicaFailure, status: "True", reason: FailedCreate, message: exceeded quota}          | exceeded quota
            {type: ReplicaFailure, status: "True", reason: FailedCreate}                                   | FailedCreate
            """)
    void aDeploymentThatGaveUpSaysWhy(String condition, String message) {
        var health = health(Kind.DEPLOYMENT, 2, "{observedGeneration: 3, conditions: [%s]}".formatted(condition));

        assertThat(health.state()).isEqualTo(State.FAILED);
        assertThat(health.message()).isEqualTo(message);
    }

    @Test
    void whatWasSaidOfAnEarlierGenerationIsNotSaidOfThisOne() {
        var health = health(
                Kind.DEPLOYMENT,
                2,
                "{observedGeneration: 2, conditions: [{type: Progressing, status: 'False', message: took too long}]}");

        assertThat(health.state()).isEqualTo(State.PROGRESSING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {observedGeneration: 3, readyReplicas: 2, updatedReplicas: 2}  | READY       | 2
            {observedGeneration: 2, readyReplicas: 2, updatedReplicas: 2}  | PROGRESSING | 2
            {observedGeneration: 3, readyReplicas: 2, updatedReplicas: 1}  | PROGRESSING | 1
            {observedGeneration: 3, readyReplicas: 1, updatedReplicas: 2}  | PROGRESSING | 1
            {}                                                             | PROGRESSING | 0
            """)
    void aStatefulSetIsReadyWhenItsNewPodsAreUp(String status, State state, int up) {
        var health = health(Kind.STATEFUL_SET, 2, status);

        assertThat(health.state()).isEqualTo(state);
        assertThat(health.readyReplicas()).isEqualTo(up);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                  | READY
            {active: 1}                                                         | READY
            {conditions: [{type: Complete, status: "True"}]}                    | DONE
            {conditions: [{type: Failed, status: "True", message: backoff}]}    | FAILED
            """)
    void onlyAJobThatFailedIsNotAsItShouldBe(String status, State state) {
        assertThat(health(Kind.JOB, 1, status).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsBeingDeletedIsNotReady(Kind kind) {
        var object = parse(kind, 1, "{}");
        object.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        assertThat(Readiness.of(kind, object)).isEqualTo(Health.TERMINATING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                              | PROGRESSING | its operator has not looked at it yet
            {conditions: [{type: Ready, status: 'True', reason: SecretSynced}]}             | READY       | ''
            {conditions: [{type: Ready, status: 'False', reason: Bad, message: hunter2}]}   | PROGRESSING | its operator says Bad; see its status
            """)
    void ofWhatAnotherOperatorBringsTheReasonIsTold(String status, State state, String message) {
        assertThat(health(Kind.EXTERNAL_SECRET, 1, status).state()).isEqualTo(state);
        assertThat(health(Kind.CERTIFICATE, 1, status).message()).isEqualTo(message);
    }

    private static Health health(Kind kind, int replicas, String status) {
        return Readiness.of(kind, parse(kind, replicas, status));
    }

    private static GenericKubernetesResource parse(Kind kind, int replicas, String status) {
        try {
            return new YAMLMapper()
                    .readValue(
                            """
                    apiVersion: %s
                    kind: %s
                    metadata: {name: api, generation: 3}
                    spec: {replicas: %d}
                    status: %s
                    """.formatted(kind.apiVersion(), kind.kind(), replicas, status),
                            GenericKubernetesResource.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
