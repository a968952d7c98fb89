package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.apply.Adoption;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.environment.adoption.Adopter;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.operation.OperationReport;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an Operation Adopt takes, and what stands in its way. */
class AdopterTest {

    private static final World STAGING = World.of(Texts.DB_SECRET + """
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec: {namespaces: [{name: web, existingName: legacy}]}
            ---
            kind: EnvironmentClass
            metadata: {name: legacy}
            spec:
              hubNamespaces: {}
              clusters: [local]
              defaultCluster: local
              adoptableNamespaces: [legacy]
              meshProvider: Linkerd
            ---
            kind: Workload
            metadata: {name: api, namespace: shop}
            spec:
              environmentRef: {name: staging}
              targetNamespace: web
              image: registry.example.com/shop/api:1
              secrets: [{entry: db, path: /db}]
            """);

    private static final Ref API = new Ref(Kind.DEPLOYMENT, "legacy", "api");

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: api, namespace: legacy, uid: uid-1}
            spec:
              selector: {matchLabels: {app: old}}
              template: {spec: {volumes: [{name: files, persistentVolumeClaim: {claimName: files}}]}}
            """;

    private final StubSite site = new StubSite();

    @Test
    void whatIsToBeTakenStandsInTheInventoryBeforeAnythingIsWritten() {
        site.has(DEPLOYMENT);

        var planned = adopt("Keep").planned;

        assertThat(site.inventory().adoptions().find(API))
                .contains(new Adoption("uid-1", Adoption.Stage.KEPT, 2, Map.of("app", "old")));
        assertThat(site.inventory().find(API)).map(Inventory.Held::uid).contains("uid-1");
        assertThat(planned.draft().blueprint().workload("api").orElseThrow().selector())
                .isEqualTo(Map.of("app", "old"));
    }

    @Test
    void aPreviewLeavesNoTrace() {
        site.has(DEPLOYMENT);

        var preview = adopt("Preview");

        assertThat(site.inventory()).isEqualTo(Inventory.EMPTY);
        assertThat(preview.planned.draft().blueprint().adoptions()).isEqualTo(Adoptions.NONE);
        assertThat(results(preview)).contains("Deployment legacy/api: would be taken");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {apiVersion: v1, kind: Secret, metadata: {name: db, namespace: legacy}} | Secret legacy/db: a Secret isn't taken over
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: api, namespace: legacy, ownerReferences: [{kind: Tenant, name: t, controller: true}]}} | it is made by Tenant t
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: api, namespace: legacy, deletionTimestamp: now}} | it is being deleted
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: api, namespace: legacy, labels: {bulkhead.dev/hub: h, bulkhead.dev/hub-namespace: a, bulkhead.dev/environment: b}}} | it belongs to environment a/b of hub h
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: api, namespace: legacy}, spec: {selector: {matchExpressions: [{key: a, operator: Exists}]}}} | matchExpressions
            {apiVersion: v1, kind: Pod, metadata: {name: stray, namespace: legacy, labels: {app: stray}}} | 1 running pods are in no Workload, and would be cut off from everything: stray
            """)
    void whatStandsInTheWayIsSaidAndNothingIsTaken(String there, String words) {
        site.has(there);

        var report = adopt("Keep");

        assertThat(report.said.standing().reason()).isEqualTo(Reason.OperationRefused);
        assertThat(report.said.standing().message()).startsWith("In the way: ").contains(words);
        assertThat(site.inventory()).isEqualTo(Inventory.EMPTY);
    }

    @Test
    void aClaimThatWouldNotBeMountedStandsInTheWayOfApplyAlone() {
        site.has(DEPLOYMENT);

        assertThat(results(adopt("Preview")))
                .anyMatch(it -> it.contains("in the way of Apply: its pods use the volume claims files"));
        assertThat(adopt("Apply").said.standing().reason()).isEqualTo(Reason.OperationRefused);
        assertThat(adopt("Keep").said.standing().reason()).isEqualTo(Reason.Succeeded);
    }

    @Test
    void whatTheTargetRefusesToChangeStandsInTheWay() {
        site.has(DEPLOYMENT);
        site.refuses(API, "a policy says no");

        assertThat(adopt("Apply").said.standing().message())
                .isEqualTo("In the way: Deployment legacy/api: the target refuses it: a policy says no");
        assertThat(adopt("Keep").said.standing().reason())
                .as("not even labels may be put on")
                .isEqualTo(Reason.OperationRefused);
    }

    @Test
    void aDeploymentThatIsToHaveACanaryIsNotTakenOver() {
        site.has(DEPLOYMENT.replace("name: api,", "name: web,"));
        var world = STAGING.and("""
                kind: Workload
                metadata: {name: web, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  targetNamespace: web
                  image: registry.example.com/shop/web:1
                  ports: [{name: http, port: 80}]
                  autoscaling: {maxReplicas: 4}
                  traffic: {canary: {port: http, metrics: [{name: success, templateRef: {name: success}, min: 99}]}}
                """);

        assertThat(adopt("Keep", world).said.standing().message())
                .startsWith("In the way: Deployment legacy/web: a canary goes by a label in its selector");
    }

    @Test
    void podsThatEndedOrHaveAWorkloadStandInNobodysWay() {
        site.has(DEPLOYMENT);
        site.has("{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: legacy, labels: {app: old, x: y}}}");
        site.has("{apiVersion: v1, kind: Pod, metadata: {name: b, namespace: legacy}, status: {phase: Succeeded}}");

        assertThat(adopt("Keep").said.standing().reason()).isEqualTo(Reason.Succeeded);
    }

    private record Adopted(Planned planned, OperationReport said) {}

    private Adopted adopt(String mode) {
        return adopt(mode, STAGING);
    }

    private Adopted adopt(String mode, World world) {
        var operation = Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {name: adopt, namespace: shop, uid: uid-of-operation}
                spec: {action: Adopt, environmentRef: {name: staging}, adopt: {namespaces: [legacy], mode: %s}}
                """.formatted(mode), Operation.class);
        var adopting = Adopter.adopt(List.of(operation), Adoptions.NONE, site, world::planned);
        return new Adopted(
                adopting.planned(), adopting.reports(new Outcome(List.of())).get(OperationId.of(operation)));
    }

    private static List<String> results(Adopted adopted) {
        return adopted.said.results().stream().map(AdopterTest::words).toList();
    }

    private static String words(OperationResult result) {
        return Stream.of(result.object(), result.text())
                .reduce((one, other) -> one + ": " + other)
                .orElseThrow();
    }
}
