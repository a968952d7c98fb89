package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two environments share secrets: one makes and rotates them, the other uses them and checks by them. */
@BulkheadTest(needs = NodeKind.SIMULATED)
class GrantIT {

    private static final Duration A_WHILE = Duration.ofSeconds(3);

    private final TestCluster cluster;
    private final OperatorInProcess operator;
    private TestNamespace hub;
    private Audit audit;
    private Staging staging;
    private Scope scope;
    private Scope claim;
    private String partner;

    GrantIT(TestCluster cluster, OperatorInProcess operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeEach
    void aTokenOfStagingIsUsedByPartner(TestNamespace hub, Audit audit) {
        this.hub = hub;
        this.audit = audit;
        operator.start();
        staging = Staging.declared(cluster, hub);
        partner = hub + "-partner-web";
        Staging.beside(staging, "partner");
        owner("grants: [{entry: token, toScope: partner, keys: [value, accepted]}]");
        claim = Scope.declared(
                cluster,
                hub,
                "partner",
                "entries: [{name: key, type: Granted, granted: {scope: staging, entry: token}}]");
        staging.runs("client", "env: [{name: TOKEN, secretRef: {entry: token}}]");
        partner("user", "value");
        partner("checker", "accepted");
        for (var workload : List.of("staging-client", "partner-user", "partner-checker")) {
            cluster.awaitReady("workload", hub.of(workload));
        }
        scope.awaitReady();
        claim.awaitReady();
    }

    private void owner(String grants) {
        scope = staging.keeps("drain: {atLeast: 1s}", "entries: [{name: token, type: Token}]", grants);
    }

    private void partner(String workload, String key) {
        partner(workload, "key", key);
    }

    private void partner(String workload, String entry, String key) {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: partner-%1$s}
                spec:
                  environmentRef: {name: partner}
                  name: %1$s
                  targetNamespace: web
                  image: registry.example.com/bulkhead/testapp:1
                  resources: {requests: {cpu: 10m, memory: 16Mi}}
                  env: [{name: SECRET, secretRef: {entry: %2$s, key: %3$s}}]
                """.formatted(workload, entry, key));
    }

    @Test
    void nobodyIsRefusedInEitherWhileItIsReplaced() {
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        var before = value(staging.web(), "token", "value");
        assertThat(value(partner, "key", "value")).isEqualTo(before);
        var checkers = pods("checker");
        var users = pods("user");

        try (var seen = SharedToken.watched(cluster, staging.web(), partner)) {
            var rotation = Operations.rotate(staging, "token");
            cluster.awaitCondition("operation", rotation, "Ready", "Succeeded");
            cluster.eventually(() -> assertThat(seen.told()).contains("the old one is accepted nowhere"));

            assertThat(seen.wrong()).isEmpty();
        }
        var after = value(staging.web(), "token", "value");
        assertThat(after).isNotEqualTo(before);
        assertThat(value(partner, "key", "value")).isEqualTo(after);
        assertThat(value(partner, "key", "accepted")).isEqualTo(after + "\n");
        assertThat(pods("checker")).isNotEmpty().doesNotContainAnyElementsOf(checkers);
        assertThat(pods("user")).isNotEmpty().doesNotContainAnyElementsOf(users);
        assertThat(consumers()).containsOnlyKeys("client", "partner/user", "partner/checker");
        cluster.eventually(() -> assertThat(consumers().values()).containsOnly("Current"));
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
    }

    /** Whoever checks by a bundle elsewhere has the new authority in it before anything that it signed is used. */
    @Test
    void aCaIsTrustedElsewhereBeforeItSigns() {
        scope = staging.keeps(
                "drain: {atLeast: 1s}",
                "entries: [{name: token, type: Token}, {name: ca, type: CA, ca: {mode: TrustBoth}},"
                        + " {name: leaf, type: TLS, tls: {issuer: ca, dnsNames: [server]}}]",
                "grants: [{entry: token, toScope: partner, keys: [value, accepted]}, {entry: leaf, toScope: partner, keys: [ca.crt]}]");
        claim = Scope.declared(
                cluster,
                hub,
                "partner",
                "entries: [{name: key, type: Granted, granted: {scope: staging, entry: token}},"
                        + " {name: trust, type: Granted, granted: {scope: staging, entry: leaf}}]");
        staging.runs("server", "secrets: [{entry: leaf, path: /tls}]");
        partner("truster", "trust", "ca.crt");
        cluster.awaitReady("workload", staging.workload("server"));
        cluster.awaitReady("workload", hub.of("partner-truster"));
        var before = pods("truster");
        var leaf = value(staging.web(), "leaf", "tls.crt");

        try (var told = Chronicle.of(cluster)
                .secret(staging.web(), "leaf")
                .secret(partner, "trust")
                .pods(partner, "truster")) {
            cluster.awaitCondition("operation", Operations.rotate(staging, "ca"), "Ready", "Succeeded");
            scope.awaitPhase("ca", "Stable");

            var trusted = told.first("trust", it -> certificates(Watches.text(it, "ca.crt")) == 2);
            var used = told.first("leaf", it -> !Watches.text(it, "tls.crt").equals(leaf));
            assertThat(trusted).isLessThan(used);
            assertThat(told.ends(before)).hasSameSizeAs(before).allMatch(it -> it < used);
        }
        assertThat(certificates(value(partner, "trust", "ca.crt"))).isEqualTo(1);
        assertThat(value(partner, "trust", "ca.crt")).isEqualTo(value(staging.web(), "leaf", "ca.crt"));
    }

    private static int certificates(String bundle) {
        return bundle.split("BEGIN CERTIFICATE", -1).length - 1;
    }

    @Test
    void anEnvironmentThatWritesNothingHoldsTheRotation() {
        cluster.patch("environment", hub.of("partner"), "{\"spec\":{\"reconcile\":\"Pause\"}}");
        var before = value(staging.web(), "token", "value");

        var rotation = Operations.rotate(staging, "token");

        cluster.eventually(() ->
                assertThat(scope.entry("token").get("message")).asString().contains("environment partner to show it"));
        assertThat(value(staging.web(), "token", "value")).isEqualTo(before);

        cluster.patch("environment", hub.of("partner"), "{\"spec\":{\"reconcile\":\"Apply\"}}");
        cluster.awaitCondition("operation", rotation, "Ready", "Succeeded");
        cluster.eventually(
                () -> assertThat(value(partner, "key", "value")).isEqualTo(value(staging.web(), "token", "value")));
    }

    @Test
    void whatIsTakenBackGoesAtOnceAndNobodyIsStartedWithoutIt() {
        var pods = Set.of(pods("user"), pods("checker"));

        owner("");

        cluster.awaitGone("secret", partner + "/key");
        cluster.awaitCondition("secretscope", hub.of("partner"), "Stalled", "GrantTakenBack");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(Set.of(pods("user"), pods("checker"))).isEqualTo(pods);

        owner("grants: [{entry: token, toScope: partner, keys: [value, accepted]}]");

        claim.awaitReady();
        cluster.await("secret", partner, "key");
        audit.awaitQuiet(Audit.OPERATOR, A_WHILE);
        assertThat(Set.of(pods("user"), pods("checker"))).isEqualTo(pods);
    }

    private Set<String> pods(String workload) {
        return cluster
                .client()
                .pods()
                .inNamespace(partner)
                .withLabel("bulkhead.dev/workload", workload)
                .list()
                .getItems()
                .stream()
                .filter(it -> it.getMetadata().getDeletionTimestamp() == null)
                .map(Pod::getMetadata)
                .map(it -> it.getUid())
                .collect(Collectors.toSet());
    }

    private Map<String, Object> consumers() {
        return scope.consumers("token").entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().get("state")));
    }

    private String value(String namespace, String secret, String key) {
        return cluster.text(namespace + "/" + secret, key);
    }
}
