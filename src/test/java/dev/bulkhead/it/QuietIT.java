package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing to do means no request, however many environments there are; and a restart is nothing to do. */
@BulkheadTest
class QuietIT {

    private static final Duration A_WHILE = Duration.ofSeconds(5);

    private static final String ENVIRONMENT = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Environment
            metadata: {name: %1$s}
            spec:
              classRef: {name: standard}
              clusterRef: {name: local}
              mesh: {provider: None}
              namespaces: [{name: web, quota: {pods: "5"}}]
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: Workload
            metadata: {name: %1$s-api}
            spec:
              environmentRef: {name: %1$s}
              name: api
              targetNamespace: web
              selector: {app: api}
              ports: [{name: http, port: 80}]
              secrets: [{entry: token}]
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: Workload
            metadata: {name: %1$s-frontend}
            spec:
              environmentRef: {name: %1$s}
              name: frontend
              targetNamespace: web
              selector: {app: frontend}
              calls: [{workload: api, port: http}]
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: SecretScope
            metadata: {name: %1$s}
            spec:
              environmentRef: {name: %1$s}
              entries: [{name: token, type: Static, from: {secretRef: {name: source, key: token}}}]
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: NetworkPolicySet
            metadata: {name: %1$s}
            spec:
              environmentRef: {name: %1$s}
              platform: {metrics: Allow}
            """;

    private final TestCluster cluster;
    private final OperatorUnderTest operator;
    private final List<String> environments =
            IntStream.rangeClosed(1, 20).mapToObj("e%02d"::formatted).toList();

    QuietIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void twentyEnvironments(TestNamespace hub, Audit audit) {
        cluster.apply("examples/quickstart/00-platform.yaml", hub);
        cluster.applyYaml(hub, """
                apiVersion: v1
                kind: Secret
                metadata: {name: source}
                stringData: {token: an example}
                """);
        environments.forEach(environment -> cluster.applyYaml(hub, ENVIRONMENT.formatted(environment)));
        environments.forEach(environment -> {
            cluster.awaitReady(hub.of(environment));
            cluster.awaitReady("workload", hub.of(environment + "-frontend"));
            cluster.awaitReady("secretscope", hub.of(environment));
            cluster.awaitReady("networkpolicyset", hub.of(environment));
        });
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        audit.mark();
    }

    @Test
    void nothingIsAskedOfTheApiServerWhileNothingHappensAndNothingIsWrittenByARestart(TestNamespace hub, Audit audit) {
        audit.awaitQuiet(Audit.OPERATOR, Duration.ofMinutes(1));
        assertThat(audit.requestsOtherThanWatchesAndLeases(Audit.OPERATOR)).isEmpty();

        operator.stop();
        audit.mark();
        operator.start();
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(audit.requests())
                .anyMatch(request -> request.userAgent().equals(Audit.OPERATOR) && request.isWatch());
        assertThat(audit.writes(Audit.OPERATOR)).isEmpty();

        // It was quiet because there was nothing to do, not because it was dead.
        cluster.delete("networkpolicy", hub + "-e07-web", "deny-all");
        cluster.await("networkpolicy", hub + "-e07-web", "deny-all");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(audit.writesTo("networkpolicies")).hasSize(1);
    }
}
