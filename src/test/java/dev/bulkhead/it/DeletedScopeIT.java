package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody deletes a SecretScope, or takes an entry out of one, while pods are using it. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class DeletedScopeIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final TestCluster cluster;
    private final OperatorInProcess operator;
    private TestNamespace hub;
    private Audit audit;
    private Staging staging;
    private Scope scope;

    DeletedScopeIT(TestCluster cluster, OperatorInProcess operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void aClientWithAToken(TestNamespace hub, Audit audit) {
        this.hub = hub;
        this.audit = audit;
        operator.start();
        staging = Staging.declared(cluster, hub);
        scope("8s");
        staging.runs("client", "env: [{name: TOKEN, secretRef: {entry: token}}]");
        scope.awaitReady();
        cluster.awaitReady("workload", staging.workload("client"));
        staging.awaitReady();
    }

    private void scope(String drain) {
        scope(drain, "{name: token, type: Token}");
    }

    private void scope(String drain, String entry) {
        scope = staging.keeps("drain: {atLeast: %s}".formatted(drain), "entries: [%s]".formatted(entry));
    }

    @Test
    void itStaysInForceUntilItIsAppliedAgain() {
        scope("1h");
        rotate();
        var published = published();
        var pods = staging.podUids("client");

        delete();
        operator.stop();
        operator.start();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);

        assertThat(published()).isEqualTo(published);
        assertThat(text("accepted").lines()).hasSize(2);
        assertThat(staging.podUids("client")).isEqualTo(pods);
        assertThat(revisions()).hasSize(1);
        assertThat(cluster.get("workload", staging.workload("client"))
                        .get("status", "conditions")
                        .toString())
                .contains("SecretScope staging had entry token, and was deleted");

        scope("1h");

        scope.awaitReady();
        cluster.awaitReady("workload", staging.workload("client"));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(scope.entry("token")).containsEntry("phase", "Draining");
        assertThat(published()).isEqualTo(published);
        assertThat(staging.podUids("client")).isEqualTo(pods);
        var uid = cluster.get("secretscope", scope.name()).getMetadata().getUid();
        assertThat(revisions())
                .singleElement()
                .satisfies(it -> assertThat(it.getMetadata().getLabels()).containsValue(uid));
    }

    @Test
    void aRotationThatIsUnderWayGoesToItsEnd() {
        rotate();
        assertThat(text("accepted").lines()).hasSize(2);
        var value = text("value");

        delete();

        cluster.eventually(() -> assertThat(text("accepted")).isEqualTo(value + "\n"));
        assertThat(text("value")).isEqualTo(value);
    }

    /** The hook that has to accept the new one can't start, as on a cluster that is full. */
    @Test
    void anEntryThatGetsAnotherNameStaysUntilThereIsAValueUnderTheNewOne() {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: staging-peer}
                spec:
                  environmentRef: {name: staging}
                  name: peer
                  targetNamespace: web
                  type: Hook
                  image: registry.example.com/bulkhead/testapp:1
                  resources: {requests: {cpu: "500"}}
                """);
        cluster.awaitReady("workload", staging.workload("peer"));
        var published = published();
        var pods = staging.podUids("client");

        scope("1s", "{name: key, type: Token, hooks: {install: {workload: peer}}}");
        staging.runs("client", "env: [{name: TOKEN, secretRef: {entry: key}}]");

        cluster.awaitCondition("workload", staging.workload("client"), "Reconciling", "WaitingForSecret");
        cluster.awaitCondition("secretscope", scope.name(), "Reconciling", "WaitingForWorkload");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(published()).isEqualTo(published);
        assertThat(staging.podUids("client")).isEqualTo(pods);

        scope("1s", "{name: key, type: Token}");

        cluster.awaitReady("workload", staging.workload("client"));
        scope.awaitReady();
        cluster.awaitGone("secret", staging.web() + "/token");
        assertThat(staging.podUids("client")).isNotEmpty().doesNotContainAnyElementsOf(pods);
    }

    @Test
    void itGoesWithTheLastWhoUsesIt() {
        delete();
        assertThat(cluster.find("secret", staging.web() + "/token")).isPresent();

        cluster.delete("workload", staging.workload("client"));

        cluster.awaitGone("secret", staging.web() + "/token");
        cluster.eventually(() -> assertThat(revisions()).isEmpty());
    }

    private void rotate() {
        Operations.rotate(staging, "token");
        scope.awaitPhase("token", "Draining");
    }

    private void delete() {
        cluster.delete("secretscope", scope.name());
        cluster.awaitGone("secretscope", scope.name());
        cluster.eventually(() -> assertThat(cluster.events(staging.name()))
                .anyMatch(event -> event.reason().equals("SecretScopeDeleted")));
    }

    private Map<String, String> published() {
        return cluster.get("secret", staging.web() + "/token").get("data");
    }

    private String text(String key) {
        return cluster.text(staging.web() + "/token", key);
    }

    private List<ControllerRevision> revisions() {
        return cluster.client()
                .apps()
                .controllerRevisions()
                .inNamespace(hub.name())
                .withLabel("bulkhead.dev/secrets-of", "staging")
                .list()
                .getItems();
    }
}
