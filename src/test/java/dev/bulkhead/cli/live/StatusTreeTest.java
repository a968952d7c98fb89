package dev.bulkhead.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class StatusTreeTest {

    private static final String READY =
            "{type: Ready, status: 'True', reason: Ready, message: fine, observedGeneration: 2}";

    @Test
    void whatIsReadySaysNoMoreThanThatAndTheRestSaysWhy() {
        var tree = tree(Ansi.OFF, """
                metadata: {name: staging, generation: 2}
                status:
                  cluster: local
                  conditions:
                  - %s
                  - {type: ComputeReady, status: 'True', reason: Ready, message: x, observedGeneration: 2}
                  - {type: MeshReady, status: Unknown, reason: Unknown, message: nobody knows, observedGeneration: 2}
                """.formatted(READY), """
                metadata: {name: api, generation: 2}
                status: {replicas: 2, readyReplicas: 1, conditions: [%s]}
                """.formatted(READY), """
                metadata: {name: worker, generation: 2}
                status:
                  conditions:
                  - {type: Ready, status: 'False', reason: QuotaExceeded, message: too much, observedGeneration: 2}
                  - {type: Stalled, status: 'True', reason: QuotaExceeded, message: too much, observedGeneration: 2}
                """);

        assertThat(tree).isEqualTo("""
                Environment staging, on cluster local: Ready
                ├─ ComputeReady: True
                ├─ MeshReady: Unknown (Unknown)
                │       nobody knows
                ├─ Workload api, 1/2 pods: Ready
                ├─ Workload worker: Stalled (QuotaExceeded)
                │       too much
                ├─ NetworkPolicySet edges: not seen yet
                │       No operator has said anything of it. Is one running?
                └─ SecretScope secrets: not seen yet
                        No operator has said anything of it. Is one running?
                """);
    }

    @Test
    void aStatusOfAnOlderVersionIsNotTakenForAnAnswer() {
        assertThat(tree(
                        Ansi.OFF,
                        "metadata: {name: staging, generation: 3}\nstatus: {conditions: [%s]}".formatted(READY)))
                .startsWith("Environment staging: not seen yet\n     What was said is about an older version of it\n");
    }

    @Test
    void ofSecretsTheOnesThatMoveAreShown() {
        var scope = Serialization.unmarshal("""
                metadata: {name: secrets, generation: 2}
                status:
                  conditions: [%s]
                  entries:
                  - {name: api, phase: Stable, version: '3', rotationId: a}
                  - {name: stripe, phase: Published, version: 9f2c}
                  - name: db
                    phase: Converging
                    version: '5'
                    rotationId: b
                    consumers: [{workload: api, state: Behind}, {workload: db, state: Current}]
                  - {name: web, phase: Failed, version: '2', rotationId: c, message: "hook verify didn't end in time"}
                """.formatted(READY), SecretScope.class);

        assertThat(new StatusTree(Ansi.OFF)
                        .of(
                                Serialization.unmarshal("metadata: {name: staging, generation: 2}", Environment.class),
                                List.of(),
                                List.of(),
                                List.of(scope)))
                .endsWith("""
                        └─ SecretScope secrets, 1 Converging, 1 Failed, 1 Published, 1 Stable: Ready
                           ├─ db, version 5: Converging, not yet in api
                           └─ web, version 2: Failed
                                   hook verify didn't end in time
                        """);
    }

    @Test
    void coloursAreForTerminals() {
        var environment = "metadata: {name: staging, generation: 2}\nstatus: {conditions: [%s]}".formatted(READY);

        assertThat(tree(Ansi.ON, environment)).contains("\u001b[32mReady\u001b[0m");
        assertThat(tree(Ansi.OFF, environment)).doesNotContain("\u001b");
    }

    private static String tree(Ansi ansi, String environment, String... workloads) {
        return new StatusTree(ansi)
                .of(
                        Serialization.unmarshal(environment, Environment.class),
                        List.of(workloads).stream()
                                .map(it -> Serialization.unmarshal(it, Workload.class))
                                .toList(),
                        List.of(Serialization.unmarshal(
                                "metadata: {name: edges, generation: 1}", NetworkPolicySet.class)),
                        List.of(Serialization.unmarshal(
                                "metadata: {name: secrets, generation: 1}", SecretScope.class)));
    }
}
