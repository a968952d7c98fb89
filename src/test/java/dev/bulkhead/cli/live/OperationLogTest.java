package dev.bulkhead.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class OperationLogTest {

    private final OperationLog log = new OperationLog();

    @Test
    void eachStepIsSaidOnceAndTheEndLast() {
        var staged =
                status("'False'", "Progressing", "db: Staged", "results: [{object: entry db, text: 'Staged: made'}]");
        var stable = status(
                "'True'",
                "Succeeded",
                "db: done",
                "completionTime: 2026-11-22T12:00:00Z, results: [{object: entry db, text: 'Stable: in use'}]");

        assertThat(log.news(staged)).containsExactly("entry db: Staged: made");
        assertThat(log.news(staged)).isEmpty();
        assertThat(log.news(stable)).containsExactly("entry db: Stable: in use", "Succeeded: db: done");
        assertThat(OperationLog.isDone(stable)).isTrue();
    }

    @Test
    void whatKeepsItFromBeginningIsSaidToo() {
        assertThat(log.news(
                        status("'False'", "WaitingForEnvironment", "Environment staging isn't there", "results: []")))
                .containsExactly("WaitingForEnvironment: Environment staging isn't there");
    }

    @Test
    void aRefusalIsNoSuccess() {
        var refused =
                status("'False'", "OperationRefused", "there is no entry db", "completionTime: 2026-11-22T12:00:00Z");

        assertThat(log.news(refused)).containsExactly("OperationRefused: there is no entry db");
        assertThat(OperationLog.isDone(refused)).isFalse();
    }

    private static OperationStatus status(String ready, String reason, String message, String rest) {
        return Serialization.unmarshal(
                        "status: {conditions: [{type: Ready, status: %s, reason: %s, message: \"%s\"}], %s}"
                                .formatted(ready, reason, message, rest),
                        Operation.class)
                .getStatus();
    }
}
