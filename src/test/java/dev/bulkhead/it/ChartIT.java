package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chart with the real Helm, and the operator as a pod that has the rights which the chart gives it. */
@BulkheadTest(needs = NodeKind.REAL)
class ChartIT {

    private static final String OPERATOR = "system:serviceaccount:bulkhead-system:bulkhead";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final TestCluster cluster;
    private Chart chart;

    ChartIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Not in the constructor, which runs where the test is skipped, too. */
    @BeforeEach
    void theToolsAreBuilt() throws IOException {
        chart = Chart.of(cluster);
    }

    @Test
    void everySetOfValuesRendersWhatTheApiServerKnows() throws IOException {
        try (var sets = Files.list(Chart.FOLDER.resolve("ci"))) {
            for (var values : sets.sorted().toList()) {
                chart.helm("lint", "--strict", Chart.FOLDER.toString(), "--values", values.toString())
                        .succeeded();
                var manifests = chart.template(values);
                assertThat(chart.kubeconform(manifests).succeeded())
                        .as("%s", values)
                        .contains("Invalid: 0, Errors: 0")
                        .doesNotContain("Valid: 0");
                chart.kubeScore(manifests).succeeded();
            }
        }
    }

    @Test
    void aValueThatIsMisspeltIsRefused() {
        var refused = chart.helm("template", "bulkhead", Chart.FOLDER.toString(), "--set", "operator.parallelsim=2");

        assertThat(refused.code()).isNotZero();
        assertThat(refused.output()).contains("additional properties 'parallelsim' not allowed");
    }

    @Test
    void noRightIsAWildcardAndOnlyNamedRolesMayBeBound() throws IOException {
        assertThat(rules(defaults())).allSatisfy(rule -> {
            assertThat(words(rule)).doesNotContain("*", "escalate", "impersonate");
            if (words(rule).contains("bind")) {
                assertThat(rule.path("resourceNames"))
                        .extracting(JsonNode::asText)
                        .containsExactly("bulkhead-operator-namespaced", "bulkhead-developer", "bulkhead-viewer");
            }
        });
    }

    @Test
    void theRolesOfTheChartAreThoseOfTheExamples() throws IOException {
        var examples = roles(Files.readString(Path.of("examples/classes/roles.yaml")));
        assertThat(examples).hasSize(2);
        assertThat(roles(defaults())).containsAllEntriesOf(examples);
    }

    @Test
    void theTargetsSideOfTheExamplesIsTheCharts() throws IOException {
        for (var part : List.of("rights", "policies", "mesh-identity")) {
            assertThat(Files.readString(Path.of("examples/target-cluster/" + part + ".yaml")))
                    .as("run: make target-cluster")
                    .isEqualTo(chart.ofTarget(part));
        }
    }

    @Test
    void theDefinitionsOfTheChartAreTheGeneratedOnes() throws IOException {
        assertThat(contents(Chart.FOLDER.resolve("files/crds")))
                .as("run: cp crds/*.yaml helm/bulkhead/files/crds/")
                .isEqualTo(contents(Path.of("crds")));
    }

    @Test
    void theOperatorIsInstalledUpgradedAndRemovedAndNoPodOfAUserNotices(TestNamespace hub, Audit audit) {
        cluster.applyYaml("""
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: bulkhead-system
                  labels: {pod-security.kubernetes.io/enforce: restricted}
                """);
        chart.loadImage();
        Definitions.makeOlder(cluster, hub);
        audit.mark();
        // The tests have put definitions there before, as somebody may who moves to the chart.
        var began = Instant.now();
        chart.release("install", "--take-ownership", "--force-conflicts");
        Footprint.say("install until two replicas are ready", began);
        Definitions.haveBeenUpgraded(cluster, hub);

        cluster.apply("examples/quickstart", hub);
        cluster.apply("examples/classes");
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: preview}
                spec:
                  classRef: {name: ephemeral}
                  namespaces: [{name: web}]
                  access: [{role: developer, groups: [team-shop]}]
                """);
        cluster.awaitReady(hub.of("staging"));
        cluster.awaitReady(hub.of("preview"));
        cluster.await("rolebinding", hub + "-preview-web", "bulkhead-developer");
        cluster.eventually(() -> assertThat(pods(hub)).hasSize(4).allMatch(ChartIT::isReady));
        Footprint.say(cluster);
        assertThat(cluster.client().pods().inNamespace("bulkhead-system").list().getItems())
                .hasSize(2)
                .allMatch(ChartIT::isReady)
                .noneMatch(pod -> Footprint.log(cluster, pod).contains("may not, in all namespaces"));
        var before = restarts(hub);
        aRoleThatMayNotBeBoundIsNamed(hub);

        chart.release("upgrade", "--set", "operator.parallelism=16");
        var web = hub + "-staging-web";
        var policy = cluster.list("networkpolicy", web).getFirst().getMetadata().getName();
        cluster.delete("networkpolicy", web, policy);
        cluster.await("networkpolicy", web, policy);
        unprotected(hub.of("preview"));
        cluster.delete("environment", hub.of("preview"));
        cluster.awaitGone("environment", hub.of("preview"));

        chart.helm("uninstall", "bulkhead", "--wait").succeeded();
        assertThat(cluster.find("deployment", "bulkhead-system/bulkhead")).isEmpty();
        assertThat(restarts(hub)).isEqualTo(before);
        assertThat(cluster.find("customresourcedefinition", "environments.bulkhead.dev"))
                .isPresent();
        assertThat(cluster.find("clusterrole", "bulkhead-developer")).isPresent();
        assertThat(refusals(audit, hub)).extracting(AuditRequest::name).containsOnly("edit");

        // What docs/install.md says of definitions that go after the operator.
        Definitions.areDeleted(cluster);
        assertThat(restarts(hub)).isEqualTo(before);
        assertThat(pods(hub)).allMatch(ChartIT::isReady);
        Definitions.areBack(cluster);
    }

    /** {@code edit} reads Secrets, and isn't among rbac.bind. */
    private void aRoleThatMayNotBeBoundIsNamed(TestNamespace hub) {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: generous}
                spec:
                  hubNamespaces: {matchLabels: {bulkhead.dev/team: "true"}}
                  clusters: [local]
                  defaultCluster: local
                  roles: {developer: edit}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: generous}
                spec:
                  classRef: {name: generous}
                  namespaces: [{name: web}]
                  access: [{role: developer, groups: [team-shop]}]
                """);
        cluster.eventually(() -> assertThat(cluster.conditions("environment", hub.of("generous")))
                .hasEntrySatisfying("AccessReady", access -> assertThat(access.message())
                        .contains("%s-generous-web/edit was refused".formatted(hub))
                        .contains("attempting to grant RBAC permissions not currently held")));
        unprotected(hub.of("generous"));
        cluster.delete("environment", hub.of("generous"));
        cluster.awaitGone("environment", hub.of("generous"));
        cluster.delete("environmentclass", "generous");
    }

    /** Protection is held by a policy of the chart. */
    private void unprotected(String environment) {
        cluster.patch("environment", environment, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
    }

    private String defaults() {
        return chart.template(Chart.FOLDER.resolve("ci/defaults-values.yaml"));
    }

    private List<Pod> pods(TestNamespace hub) {
        return Stream.of("web", "data")
                .flatMap(namespace ->
                        cluster.client().pods().inNamespace(hub + "-staging-" + namespace).list().getItems().stream())
                .toList();
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    /** By the pod's UID, so that a pod that was replaced shows as well. */
    private Map<String, Integer> restarts(TestNamespace hub) {
        return pods(hub).stream()
                .collect(Collectors.toMap(
                        pod -> pod.getMetadata().getUid(), pod -> pod.getStatus().getContainerStatuses().stream()
                                .mapToInt(ContainerStatus::getRestartCount)
                                .sum()));
    }

    /** What others left behind on this cluster, such as a namespace that is being deleted, may be refused for its own reasons. */
    private static List<AuditRequest> refusals(Audit audit, TestNamespace hub) {
        var requests = audit.requests().stream()
                .filter(request -> request.user().equals(OPERATOR))
                .toList();
        assertThat(requests).isNotEmpty();
        return requests.stream()
                .filter(request -> request.code() == 403)
                .filter(request -> request.namespace().isEmpty()
                        || request.namespace().startsWith(hub.name())
                        || request.namespace().equals("bulkhead-system"))
                .toList();
    }

    private static Stream<JsonNode> documents(String manifests) throws IOException {
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(manifests).readAll().stream();
    }

    /** Of all roles, cluster-wide or not. */
    private static List<JsonNode> rules(String manifests) throws IOException {
        return documents(manifests)
                .filter(document -> document.path("kind").asText().endsWith("Role"))
                .flatMap(role -> StreamSupport.stream(role.path("rules").spliterator(), false))
                .toList();
    }

    /** What a rule says of groups, resources and verbs. */
    private static List<String> words(JsonNode rule) {
        return Stream.of("apiGroups", "resources", "verbs")
                .flatMap(list -> StreamSupport.stream(rule.path(list).spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }

    /** What a class hands out: name → rules. */
    private static Map<String, JsonNode> roles(String manifests) throws IOException {
        return documents(manifests)
                .filter(document -> document.at("/metadata/name").asText().matches("bulkhead-(developer|viewer)"))
                .collect(Collectors.toMap(
                        document -> document.at("/metadata/name").asText(), document -> document.path("rules")));
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .collect(Collectors.toMap(file -> file.getFileName().toString(), ChartIT::text));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
