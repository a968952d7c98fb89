package dev.bulkhead.faults.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bulkhead.kube.AuditRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Each of the invariants can fail. */
class InvariantsTest {

    private static final AuditRequest MADE = request("patch", "deployments", "khub-env-web", "api", 201);
    private static final AuditRequest REMOVED = request("delete", "deployments", "khub-env-web", "api", 200);

    @Test
    void whatIsMadeTwiceIsCountedTwice() {
        assertThat(Invariants.sameCounts(List.of(MADE), List.of(MADE))).isEmpty();
        assertThat(Invariants.sameCounts(List.of(MADE), List.of(MADE, MADE)))
                .singleElement()
                .asString()
                .startsWith("I3: create deployments HUB-env-web/api: 2 times, and 1 times");
        assertThat(Invariants.notMoreOften(List.of(MADE), List.of(MADE, MADE))).hasSize(1);
    }

    @Test
    void whatIsRemovedWithoutNeedOrNotRemovedAtAllIsFound() {
        assertThat(Invariants.sameCounts(List.of(), List.of(REMOVED))).hasSize(1);
        assertThat(Invariants.sameCounts(List.of(REMOVED), List.of())).hasSize(1);
        assertThat(Invariants.notMoreOften(List.of(REMOVED), List.of())).isEmpty();
    }

    @Test
    void anApplyThatMakesNothingAndAnEventThatIsSaidAgainDoNotCount() {
        assertThat(Invariants.sameCounts(
                        List.of(),
                        List.of(
                                request("patch", "deployments", "khub-env-web", "api", 200),
                                request("create", "events", "khub", "", 201),
                                request("delete", "deployments", "khub-env-web", "api", 404))))
                .isEmpty();
    }

    @Test
    void theSameObjectOfAnotherHubIsTheSame() {
        assertThat(Invariants.sameCounts(
                        List.of(MADE), List.of(request("patch", "deployments", "kother-env-web", "api", 201))))
                .isEmpty();
    }

    @Test
    void aVersionOfASecretThatIsMadeTwiceIsCountedTwiceWhateverItsRotationIsCalled() {
        var first = request("create", "secrets", "bulkhead-vault-khub", "env.pass.v2.0a1b2c3d", 201);
        var same = request("create", "secrets", "bulkhead-vault-kother", "env.pass.v2.ffffffff", 201);
        assertThat(Invariants.sameCounts(List.of(first), List.of(same))).isEmpty();
        assertThat(Invariants.sameCounts(List.of(first), List.of(first, same)))
                .singleElement()
                .asString()
                .startsWith("I3: create secrets bulkhead-vault-HUB/env.pass.v2: 2 times, and 1 times");
    }

    @Test
    void aWriteToSomebodyElsesIsOutsideTheFence() {
        var hubs = Set.of("khub");
        assertThat(Invariants.insideTheFence(
                        List.of(
                                MADE,
                                request("create", "configmaps", "bulkhead-system", "", 201),
                                request("create", "events", "khub", "", 201),
                                request("create", "namespaces", "", "bulkhead-vault-khub", 201),
                                request("create", "secrets", "bulkhead-vault-khub", "env.pass.v1.0a1b2c3d", 201),
                                request("patch", "namespaces", "khub-env-web", "khub-env-web", 201)),
                        hubs))
                .isEmpty();
        assertThat(Invariants.insideTheFence(
                        List.of(
                                request("patch", "deployments", "kube-system", "coredns", 200),
                                request("patch", "clusterroles", "", "admin", 200),
                                request("patch", "namespaces", "kube-system", "kube-system", 200),
                                request("patch", "configmaps", "khub", "theirs", 200),
                                request("delete", "workloads", "khub", "api", 200),
                                request("create", "namespaces", "", "bulkhead-vault-kother", 201),
                                request("create", "secrets", "bulkhead-vault-kother", "env.pass.v1.0a1b2c3d", 201),
                                request("patch", "deployments", "kother-env-web", "api", 200)),
                        hubs))
                .hasSize(8)
                .allMatch(it -> it.startsWith("I4: "));
    }

    @Test
    void aWriteWhileNothingHappensIsUnrest() {
        assertThat(Invariants.quiet(List.of(request("get", "deployments", "khub-env-web", "api", 200))))
                .isEmpty();
        assertThat(Invariants.quiet(List.of(MADE))).hasSize(1);
    }

    @Test
    void aRevisionThatGoesBackIsFound() {
        assertThat(Invariants.neverBackwards(List.of(deployment(1, 1), deployment(2, 2))))
                .isEmpty();
        assertThat(Invariants.neverBackwards(List.of(deployment(3, 1), deployment(1, 1), deployment(2, 2))))
                .containsExactly("I6: Deployment khub-env-web/api went from revision 2 back to 1");
    }

    @Test
    void anEnvironmentThatLeavesBeforeItsNamespacesIsFound() {
        assertThat(Invariants.childrenGoFirst(List.of(namespace(1, false), namespace(2, true), environment(3))))
                .isEmpty();
        assertThat(Invariants.childrenGoFirst(List.of(namespace(1, false), environment(2), namespace(3, true))))
                .containsExactly("I8: Environment khub/env left before Namespace /khub-env-web");
    }

    @Test
    void aSecretIsFoundInPlainTextAndEncoded() {
        assertThat(Invariants.nothingTold("hush", Map.of("status", "{}"))).isEmpty();
        assertThat(Invariants.nothingTold("hush", Map.of("status", "it is hush", "event", "aHVzaA==")))
                .hasSize(2);
    }

    @Test
    void manyMoreWritesThanNeededAreFound() {
        var twelve = new ArrayList<AuditRequest>();
        for (var at = 0; at < 12; at++) {
            twelve.add(MADE);
        }
        assertThat(Invariants.bounded(List.of(MADE), twelve)).isEmpty();
        twelve.add(MADE);
        assertThat(Invariants.bounded(List.of(MADE), twelve)).hasSize(1);
    }

    @Test
    void aReadyThatIsNotTrueYetIsFound() {
        var declared = workload(1, 2, 5, -1);
        assertThat(Invariants.truthful(List.of(declared, deployment(2, 5), workload(3, 2, 5, 2))))
                .isEmpty();
        assertThat(Invariants.truthful(List.of(declared, workload(2, 2, 5, 2), deployment(3, 5))))
                .containsExactly("I12: Workload khub/api called generation 2 Ready, and revision 5 was not there");
        assertThat(Invariants.truthful(List.of(declared, deployment(2, 4), workload(3, 2, 5, 2))))
                .hasSize(1);
    }

    @Test
    void aThreadThatIsLeftIsFound() {
        var end = new CountDownLatch(1);
        var left = Thread.ofPlatform().daemon().name("left-over").start(() -> await(end));

        assertThat(Invariants.noThreadsLeft(Set.of(), Set.of(left))).containsExactly("I13: thread left-over is left");
        assertThat(Invariants.noThreadsLeft(Set.of(left), Set.of(left))).isEmpty();
        end.countDown();
    }

    @Test
    void anObjectThatIsMissingLeftOverOrOtherIsFound() {
        var one = state("Deployment HUB-env-web/api", 1);
        assertThat(one.differences(state("Deployment HUB-env-web/api", 1))).isEmpty();
        assertThat(one.differences(state("Deployment HUB-env-web/api", 2)))
                .containsExactly("I2: Deployment HUB-env-web/api .replicas is 2, and 1 without a fault");
        assertThat(one.differences(state("Service HUB-env-web/api", 1)))
                .containsExactlyInAnyOrder(
                        "I2: Deployment HUB-env-web/api is missing", "I2: Service HUB-env-web/api is left over");
    }

    private static EndState state(String object, int replicas) {
        return new EndState(Map.of(object, JsonNodeFactory.instance.objectNode().put("replicas", replicas)));
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Seen deployment(long at, long revision) {
        return new Seen(at, false, "Deployment", "khub-env-web", "api", 1, revision, -1);
    }

    private static Seen workload(long at, long generation, long revision, long readyFor) {
        return new Seen(at, false, "Workload", "khub", "api", generation, revision, readyFor);
    }

    private static Seen namespace(long at, boolean gone) {
        return new Seen(at, gone, "Namespace", "", "khub-env-web", 0, 0, -1);
    }

    private static Seen environment(long at) {
        return new Seen(at, true, "Environment", "khub", "env", 1, 0, -1);
    }

    private static AuditRequest request(String verb, String resource, String namespace, String name, int code) {
        return new AuditRequest(
                Instant.EPOCH, "bulkhead", "someone", verb, "", resource, "", namespace, name, "/apis/x", code);
    }
}
