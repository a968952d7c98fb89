package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cli.BulkheadCommand;
import dev.bulkhead.faults.FaultProxy;
import dev.bulkhead.faults.ProxiedOperator;
import dev.bulkhead.faults.Station;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One Bulkhead per tier: two hubs with the same classes, each with a target of its own, and no way from one to the other's. */
@BulkheadTest
class HubPerTierIT {

    private final TestCluster staging;
    private final TestCluster production;
    private final TestCluster target;

    /** @param operator that of staging, whose hub is its target, too */
    HubPerTierIT(
            TestCluster staging,
            OperatorInProcess operator,
            @Another("hub-of-production") TestCluster production,
            @Another("production-itself") TestCluster target) {
        this.staging = staging;
        this.production = production;
        this.target = target;
        operator.start();
    }

    @Test
    void eachSeesTheSameClassesAndOnlyItsOwnCluster(TestNamespace hub, @Another("production-itself") Audit audit) {
        try (var proxy = FaultProxy.before(production.kube());
                var operator = ProxiedOperator.start(proxy, Station.SETTINGS, Clock.systemUTC())) {
            assertThat(operator).isNotNull();
            assertThat(add(production)).isEqualTo("");
            List.of(staging, production).forEach(it -> classes(it, hub));
            environment(staging, hub, "staging", "local");
            environment(production, hub, "production", "tier");
            staging.awaitReady(hub.of("staging"));
            production.awaitReady(hub.of("production"));

            assertThat(staging.find("namespace", hub + "-staging-web")).isPresent();
            assertThat(target.find("namespace", hub + "-production-web")).isPresent();
            assertThat(staging.find("targetcluster", "tier")).isEmpty();
            assertThat(staging.find("secret", "bulkhead-system/tier")).isEmpty();
            assertThat(audit.requests())
                    .filteredOn(it -> it.userAgent().equals(Audit.OPERATOR))
                    .isNotEmpty()
                    .allMatch(it -> it.user().equals("system:serviceaccount:bulkhead-system:bulkhead"));
            // Even who holds the keys of production doesn't make it a target of both by mistake.
            assertThat(add(staging)).contains("belongs to hub");

            var name = hub.of("production");
            production.patch("environment", name, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
            production.delete("environment", name);
            production.awaitGone("environment", name);
        }
    }

    /** What it says when it refuses. */
    private String add(TestCluster hub) {
        var said = new StringWriter();
        BulkheadCommand.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(said, true),
                "cluster",
                "add",
                "tier",
                "--apply",
                "--hub-kubeconfig",
                hub.kube().kubeconfig().toString(),
                "--kubeconfig",
                target.kube().kubeconfig().toString());
        return said.toString();
    }

    private static void classes(TestCluster cluster, TestNamespace hub) {
        cluster.applyYaml("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s, labels: {bulkhead.dev/team: "true"}}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: %1$s-tiers}
                spec: {hubNamespaces: {}, clusters: [local, tier]}
                """.formatted(hub));
    }

    private static void environment(TestCluster cluster, TestNamespace hub, String name, String where) {
        cluster.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: TargetCluster
                metadata: {name: local}
                spec: {local: {}}
                """);
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: %s}
                spec:
                  classRef: {name: %s-tiers}
                  clusterRef: {name: %s}
                  mesh: {provider: None}
                  namespaces: [{name: web}]
                """.formatted(name, hub, where));
    }
}
