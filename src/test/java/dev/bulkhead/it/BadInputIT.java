package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input is refused or named, hurts nobody else, and is forgotten once it is corrected. */
@BulkheadTest
class BadInputIT {

    private static final String ENVIRONMENT = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Environment
            metadata: {name: %s}
            spec:
              classRef: {name: %s}
              clusterRef: {name: local}
              mesh: {provider: None}
              namespaces: [%s]
            """;

    /** Selected, not run: it is Ready without a node. */
    private static final String WORKLOAD = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Workload
            metadata: {name: staging-%s}
            spec:
              environmentRef: {name: staging}
              name: %s
              targetNamespace: web
              selector: {app: %s}
              ports: [{name: http, port: 80}]
              calls: [%s]
            """;

    private final TestCluster cluster;
    private TestNamespace hub;

    BadInputIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    @BeforeEach
    void aClass(TestNamespace hub) {
        this.hub = hub;
        cluster.apply("examples/quickstart/00-platform.yaml", hub);
    }

    @Test
    void aQuotaAboveTheCeilingIsNamedWithItsRemedyAndNothingIsMade() {
        environment("staging", "standard", "{name: web, quota: {requests.cpu: \"12\"}}");

        assertThat(stalled("environment", "staging"))
                .contains("requests.cpu", "12", "8", "standard", "spec.namespaces[0].quota");
        assertThat(cluster.find("namespace", hub + "-staging-web")).isEmpty();

        environment("staging", "standard", "{name: web, quota: {requests.cpu: \"2\"}}");
        cluster.awaitReady(hub.of("staging"));
    }

    @Test
    void aNameThatIsTooLongAfterThePatternIsNamedAndNothingIsMade() {
        var name = "a".repeat(58);

        environment("staging", "standard", "{name: web}, {name: %s}".formatted(name));

        assertThat(stalled("environment", "staging")).contains("63", name, "spec.namespaces[1].name");
        assertThat(cluster.find("namespace", hub + "-staging-web")).isEmpty();
    }

    @Test
    void anUnknownClassIsWaitedForAndTheEnvironmentIsReadyOnceItIsThere() {
        environment("staging", hub + "-class", "{name: web}");
        cluster.awaitCondition("environment", hub.of("staging"), "Reconciling", "WaitingForClass");
        assertThat(cluster.find("namespace", hub + "-staging-web")).isEmpty();

        cluster.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: %s-class}
                spec:
                  hubNamespaces: {matchLabels: {bulkhead.dev/team: "true"}}
                  clusters: [local]
                """.formatted(hub));
        cluster.awaitReady(hub.of("staging"));
        cluster.delete("environmentclass", hub + "-class");
    }

    @Test
    void anUnknownClusterIsWaitedFor() {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: staging}
                spec:
                  classRef: {name: standard}
                  clusterRef: {name: nowhere}
                  namespaces: [{name: web}]
                """);

        cluster.eventually(() -> assertThat(
                        cluster.conditions("environment", hub.of("staging")).values())
                .anyMatch(condition -> condition.isTrue() && condition.message().contains("nowhere")));
        assertThat(cluster.find("namespace", hub + "-staging-web")).isEmpty();
    }

    @Test
    void anImageFromElsewhereStallsItsWorkloadOnly() {
        environment("staging", "standard", "{name: web}");
        cluster.applyYaml(hub, WORKLOAD.formatted("good", "good", "good", ""));
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: staging-bad}
                spec:
                  environmentRef: {name: staging}
                  name: bad
                  targetNamespace: web
                  image: elsewhere.example.org/bad:1
                """);

        assertThat(stalled("workload", "staging-bad")).contains("elsewhere.example.org", "registry.example.com");
        cluster.awaitReady("workload", hub.of("staging-good"));
        assertThat(cluster.find("deployment", hub + "-staging-web/bad")).isEmpty();
    }

    @Test
    void aCallToWhatIsNotThereYetIsWaitedForInAnyOrder() {
        cluster.applyYaml(hub, WORKLOAD.formatted("caller", "caller", "caller", "{workload: callee, port: http}"));
        cluster.awaitCondition("workload", hub.of("staging-caller"), "Reconciling", "WaitingForEnvironment");

        environment("staging", "standard", "{name: web}");
        cluster.awaitCondition("workload", hub.of("staging-caller"), "Reconciling", "WaitingForWorkload");

        cluster.applyYaml(hub, WORKLOAD.formatted("callee", "callee", "callee", ""));
        cluster.awaitReady("workload", hub.of("staging-caller"));
    }

    @Test
    void aCallToAnUnknownPortIsWaitedForAndNamesThePortsThatThereAre() {
        environment("staging", "standard", "{name: web}");
        cluster.applyYaml(hub, WORKLOAD.formatted("callee", "callee", "callee", ""));
        cluster.applyYaml(hub, WORKLOAD.formatted("caller", "caller", "caller", "{workload: callee, port: grpc}"));

        var waiting = cluster.awaitCondition("workload", hub.of("staging-caller"), "Reconciling", "WaitingForPort");
        assertThat(waiting.message()).contains("callee", "grpc");
    }

    @Test
    void ofTwoEnvironmentsThatWantOneNamespaceTheSecondStalls() {
        environment("a", "standard", "{name: b-c}");
        cluster.awaitReady(hub.of("a"));

        environment("a-b", "standard", "{name: c}");

        assertThat(stalled("environment", "a-b")).contains(hub + "-a-b-c", hub.of("a"));
        cluster.awaitReady(hub.of("a"));
    }

    @Test
    void aForeignNamespaceInTheWayIsLeftAlone() {
        var name = hub + "-staging-web";
        cluster.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();

        environment("staging", "standard", "{name: web}, {name: data}");

        assertThat(stalled("environment", "staging")).contains(name);
        assertThat(cluster.get("namespace", name).getMetadata().getLabels())
                .doesNotContainKey("app.kubernetes.io/managed-by");
        assertThat(cluster.list("networkpolicy", name)).isEmpty();

        cluster.delete("namespace", name);
        cluster.awaitReady(hub.of("staging"));
    }

    @Test
    void aSecretEntryThatIsMissingIsWaitedFor() {
        environment("staging", "standard", "{name: web}");
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: staging-api}
                spec:
                  environmentRef: {name: staging}
                  name: api
                  targetNamespace: web
                  image: registry.example.com/bulkhead/testapp:1
                  env: [{name: TOKEN, secretRef: {entry: stripe}}]
                """);

        var waiting = cluster.awaitCondition("workload", hub.of("staging-api"), "Reconciling", "WaitingForSecret");
        assertThat(waiting.message()).contains("stripe");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a port that is used twice       | ports: [{name: a, port: 80}, {name: b, port: 80}] | spec.ports
            a port name that is used twice  | ports: [{name: a, port: 80}, {name: a, port: 81}] | spec.ports
            a label that belongs to Linkerd | podLabels: {linkerd.io/inject: disabled}          | spec.podLabels
            a label that is ours            | podLabels: {bulkhead.dev/workload: other}         | spec.podLabels
            an image and a selector         | selector: {app: api}                              | selector
            """)
    void whatTheApiServerCanSeeItRefuses(String what, String field, String named) {
        var workload = """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: staging-api}
                spec:
                  environmentRef: {name: staging}
                  targetNamespace: web
                  image: registry.example.com/bulkhead/testapp:1
                """;
        cluster.dryRun(hub, workload);

        assertThatThrownBy(() -> cluster.dryRun(hub, workload + "  " + field + "\n"))
                .as(what)
                .hasMessageContaining(named);
    }

    private void environment(String name, String environmentClass, String namespaces) {
        cluster.applyYaml(hub, ENVIRONMENT.formatted(name, environmentClass, namespaces));
    }

    /** The message of what is Stalled for its current generation. */
    private String stalled(String kind, String name) {
        return cluster.awaitTrue(kind, hub.of(name), "Stalled").message();
    }
}
