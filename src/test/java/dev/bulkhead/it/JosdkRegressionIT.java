package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Known traps of JOSDK 5.3: an edit is lost beside an own write, and retries that end in silence. */
@BulkheadTest
class JosdkRegressionIT {

    /** JOSDK's own default number of attempts, after which it is silent for hours. */
    private static final int DEFAULT_ATTEMPTS = 5;

    /** Of one attempt: the status, and then what it says of the failure. */
    private static final int WRITES = 2;

    private final TestCluster cluster;
    private final OperatorInProcess operator;
    private String environment;
    private String web;

    JosdkRegressionIT(TestCluster cluster, OperatorInProcess operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void anEnvironment(TestNamespace hub) {
        environment = hub.of("staging");
        web = hub + "-staging-web";
        Staging.with(cluster, hub, "{name: web, quota: {pods: \"1\"}}").awaitReady();
    }

    @AfterEach
    void undisturbed() {
        operator.leaveAlone();
    }

    @Test
    void noEditIsLostThatArrivesWhileTheStatusIsWritten() {
        var once = new AtomicBoolean();
        operator.disturb((method, uri) -> {
            if (isStatusPatch(method, uri) && once.compareAndSet(false, true)) {
                edit(3);
                // Long enough for the operator's own watch to show it the edit, while its status is still on the way.
                await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            }
        });

        edit(2);

        cluster.eventually(() -> assertThat(once).isTrue());
        cluster.awaitReady(environment);
        cluster.await("resourcequota", web + "/" + quota(), found -> "3".equals(found.get("spec", "hard", "pods")));
    }

    @Test
    void aReconciliationThatFailsIsTriedForEver() {
        var failures = new AtomicInteger();
        operator.disturb((method, uri) -> {
            if (isStatusPatch(method, uri) && failures.incrementAndGet() <= WRITES * (DEFAULT_ATTEMPTS + 1)) {
                throw new IllegalStateException("on purpose, by a test");
            }
        });

        edit(2);

        cluster.awaitReady(environment);
        assertThat(failures).hasValueGreaterThan(WRITES * (DEFAULT_ATTEMPTS + 1));
    }

    /** JOSDK takes the resource for being worked on from then on, as after a miss of its cache (JOSDK #3416). */
    @Test
    void aResourceThatJosdkForgetsToFinishIsFreedAndLookedAtAgain() {
        // It would befall one of them, and be over with it.
        Staging.awaitThoseThatLeave(cluster);
        var once = new AtomicBoolean();
        operator.startle(() -> {
            if (isReconciling() && once.compareAndSet(false, true)) {
                // Who waits in this test must not take it for his own.
                Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                throw new StackOverflowError("on purpose, by a test");
            }
        });

        edit(2);
        cluster.eventually(() -> assertThat(once).isTrue());
        edit(3);

        cluster.awaitReady(environment);
        cluster.await("resourcequota", web + "/" + quota(), found -> "3".equals(found.get("spec", "hard", "pods")));
        assertThat(operator.lastLog()).anyMatch(line -> line.contains(environment + " was stuck"));
    }

    @Test
    void whatTheClusterRefusesIsTriedAgainWithoutAnyEvent(TestNamespace hub, Audit audit) {
        cluster.applyYaml(forbidQuotasIn(hub));
        // A policy is in force a moment after it is there.
        cluster.eventually(() -> assertThatThrownBy(() -> cluster.dryRun(hub, quotaIn(web)))
                .hasMessageContaining("no quotas for a while"));
        try {
            edit(7);
            cluster.eventually(() -> assertThat(audit.writesTo("resourcequotas"))
                    .filteredOn(write -> write.code() >= 400)
                    .hasSizeGreaterThan(2));
        } finally {
            cluster.delete("validatingadmissionpolicybinding", hub + "-no-quotas");
            cluster.delete("validatingadmissionpolicy", hub + "-no-quotas");
        }

        cluster.awaitReady(environment);
    }

    /** Not in the middle of a request: there an error is a request that failed, and is sent again. */
    private static boolean isReconciling() {
        return Thread.currentThread().getName().startsWith("ReconcilerExecutor-environment")
                && StackWalker.getInstance()
                        .walk(frames ->
                                frames.noneMatch(frame -> frame.getClassName().startsWith("dev.bulkhead.wire.")));
    }

    private static boolean isStatusPatch(String method, URI uri) {
        return method.equals("PATCH") && uri.getPath().endsWith("/environments/staging/status");
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
}
