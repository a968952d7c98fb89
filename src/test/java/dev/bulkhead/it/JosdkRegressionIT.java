package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Known traps of JOSDK 5.3: an edit is lost beside an own write, and retries that end in silence. */
@BulkheadTest
class JosdkRegressionIT {

    private static final int EDITS = 40;

    /** JOSDK's own default number of attempts, after which it is silent for hours. */
    private static final int DEFAULT_ATTEMPTS = 5;

    private final TestCluster cluster;
    private String environment;
    private String web;

    JosdkRegressionIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @BeforeEach
    void anEnvironment(TestNamespace hub) {
        environment = hub.of("staging");
        web = hub + "-staging-web";
        cluster.apply("examples/quickstart/00-platform.yaml", hub);
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: staging}
                spec:
                  classRef: {name: standard}
                  clusterRef: {name: local}
                  mesh: {provider: None}
                  namespaces: [{name: web, quota: {pods: "1"}}]
                """);
        cluster.awaitReady(environment);
    }

    @Test
    void noEditIsLostThatArrivesWhileTheStatusIsWritten(TestNamespace hub) throws InterruptedException {
        var writes = new LinkedBlockingQueue<GenericKubernetesResource>();
        try (var _ = cluster.client()
                .genericKubernetesResources("bulkhead.dev/v1alpha1", "Environment")
                .inNamespace(hub.name())
                .watch(new Listener(writes))) {
            for (var pods = 2; pods < EDITS; pods++) {
                edit(pods);
                // Whatever the server shows next, our edit or the operator's status, is the moment for the next edit.
                writes.poll(2, TimeUnit.SECONDS);
            }
        }
        edit(EDITS);

        cluster.awaitReady(environment);
        cluster.await("resourcequota", web + "/" + quota(), found -> Integer.toString(EDITS)
                .equals(found.get("spec", "hard", "pods")));
    }

    @Test
    void whatFailsIsTriedUntilItSucceeds(TestNamespace hub, Audit audit) {
        cluster.applyYaml(forbidQuotasIn(hub));
        // A policy is in force a moment after it is there.
        cluster.eventually(() -> assertThatThrownBy(() -> cluster.dryRun(hub, quotaIn(web)))
                .hasMessageContaining("no quotas for a while"));
        try {
            edit(7);
            // Longer than the default five attempts take, with any growing pause between them.
            await().atMost(Duration.ofMinutes(4))
                    .until(() -> audit.writesTo("resourcequotas").stream()
                                    .filter(write -> write.code() >= 400)
                                    .count()
                            > DEFAULT_ATTEMPTS);
        } finally {
            cluster.delete("validatingadmissionpolicybinding", hub + "-no-quotas");
            cluster.delete("validatingadmissionpolicy", hub + "-no-quotas");
        }

        cluster.awaitReady(environment);
    }

    private String quota() {
        return cluster.list("resourcequota", web).getFirst().getMetadata().getName();
    }

    private void edit(int pods) {
        cluster.patch("environment", environment, """
                {"spec":{"namespaces":[{"name":"web","quota":{"pods":"%d"}}]}}""".formatted(pods));
    }

    private static String forbidQuotasIn(TestNamespace hub) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: %1$s-no-quotas}
                spec:
                  matchConstraints:
                    resourceRules:
                    - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [resourcequotas]}
                  validations:
                  - expression: "!object.metadata.namespace.startsWith('%1$s-')"
                    message: no quotas for a while
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: %1$s-no-quotas}
                spec: {policyName: %1$s-no-quotas, validationActions: [Deny]}
                """.formatted(hub);
    }

    private static String quotaIn(String namespace) {
        return """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: probe, namespace: %s}
                """.formatted(namespace);
    }

    private record Listener(LinkedBlockingQueue<GenericKubernetesResource> writes)
            implements Watcher<GenericKubernetesResource> {

        @Override
        public void eventReceived(Action action, GenericKubernetesResource object) {
            writes.add(object);
        }

        @Override
        public void onClose(WatcherException cause) {
            // The edits go on without it.
        }
    }
}
