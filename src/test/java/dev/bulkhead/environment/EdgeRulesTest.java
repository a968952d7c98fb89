package dev.bulkhead.environment;

import static dev.bulkhead.environment.Texts.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.status.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a set may not say of the edges between workloads, and what becomes of it then. */
class EdgeRulesTest {

    private static final String LINKERD = """
            kind: Capabilities
            version: v1.36.3
            offers:
              apis:
              - {apiVersion: gateway.networking.k8s.io/v1, kinds: [HTTPRoute]}
              - {apiVersion: policy.linkerd.io/v1alpha1, kinds: [AuthorizationPolicy, MeshTLSAuthentication, NetworkAuthentication]}
              - {apiVersion: policy.linkerd.io/v1beta3, kinds: [Server]}
              linkerd: {version: version-2.20}
            """;
    private static final String PLAIN_CLUSTER = """
            kind: Capabilities
            version: v1.36.3
            offers: {apis: [{apiVersion: v1, kinds: [Namespace]}]}
            """;
    private static final String EDGE = "{from: [{workload: batch}], to: {workload: api, port: http}%s}";

    private static World world(String mesh, String allow) {
        return World.of("""
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec: {namespaces: [{name: web}], mesh: {provider: %s}}
                """.formatted(mesh))
                .and(set(allow))
                .and(
                        workload(
                                "api",
                                "ports: [{name: http, port: 80}, {name: sql, port: 5432}, {name: dns, port: 53, protocol: UDP}]"))
                .and(workload("batch", ""))
                .and(workload("legacy", "mesh: {inject: Disabled}"));
    }

    private static String set(String allow) {
        return """
                kind: NetworkPolicySet
                metadata: {name: edges, namespace: shop}
                spec: {environmentRef: {name: staging}, allow: [%s]}
                """.formatted(allow);
    }

    @Test
    void oneEdgeThatIsMutualAndPlainIsContradictory() {
        var world = world(
                "Linkerd", EDGE.formatted(", transport: MutualTLS") + ", " + EDGE.formatted(", transport: Plain"));

        assertThat(verdict(world))
                .isEqualTo(new Verdict.Refused(
                        Reason.EdgeContradictory,
                        "spec.allow[1].transport: it is Plain, and spec.allow[0] says MutualTLS of the same edge. Say one"
                                + " of them"));
        assertThat(verdict(world("Linkerd", EDGE.formatted(", transport: MutualTLS") + ", " + EDGE.formatted(""))))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version-2.18", "edge-25.4.4"})
    void anOlderLinkerdTellsNoRequestsApart(String older) {
        var restricted = world("Linkerd", EDGE.formatted(", http: [{method: GET}]"));

        assertThat(verdict(restricted.and(LINKERD))).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(restricted.and(LINKERD.replace("version-2.20", older))))
                .isEqualTo(new Verdict.Refused(
                        Reason.MeshMissing,
                        ("spec.allow[0].http: the cluster's Linkerd is %s, which takes no authorization for a route of the Gateway"
                                        + " API. Bring it to 2.19 or newer, or leave http out here")
                                .formatted(older)));
    }

    @Test
    void aWebhookIsCalledByTcpAtAPortThatIsThere() {
        assertThat(verdict(webhook("http"))).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(webhook("dns")))
                .isEqualTo(new Verdict.Refused(
                        Reason.EdgeContradictory,
                        "spec.platform.webhooks.to[0]: the API server calls by TCP, and port dns is UDP. Name another, or take"
                                + " it away"));
        assertThat(verdict(webhook("https")))
                .isInstanceOfSatisfying(Verdict.Waiting.class, it -> assertThat(it.message())
                        .startsWith("spec.platform.webhooks.to[0]: workload api has no port https"));
    }

    private static World webhook(String port) {
        return world("None", "").and("""
                        kind: NetworkPolicySet
                        metadata: {name: edges, namespace: shop}
                        spec: {environmentRef: {name: staging}, platform: {webhooks: {to: [{workload: api, port: %s}]}}}
                        """.formatted(port));
    }

    @Test
    void mutualTlsIsRefusedWhereAnEndIsNotInTheMesh() {
        assertThat(message(world("None", EDGE.formatted(", transport: MutualTLS"))))
                .contains("MutualTLS needs both ends in a mesh, and workload api isn't");
        assertThat(message(world(
                        "Linkerd",
                        "{from: [{workload: legacy}], to: {workload: api, port: http}, transport: MutualTLS}")))
                .contains("workload legacy isn't");
    }

    @Test
    void mutualTlsIsRefusedWhereTheClusterIsKnownToHaveNoMesh() {
        var world = world("Linkerd", EDGE.formatted(", transport: MutualTLS"));

        assertThat(verdict(world.and(PLAIN_CLUSTER)))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class, it -> assertThat(it.reason()).isEqualTo(Reason.MeshMissing));
        assertThat(verdict(world.and(LINKERD))).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(world)).as("nobody knows").isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(world("Linkerd", EDGE.formatted("")).and(PLAIN_CLUSTER)))
                .as("as good as it gets")
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void mutualTlsIsRefusedOnWhatIsNotTcp() {
        assertThat(message(world(
                        "Linkerd",
                        "{from: [{workload: batch}], to: {workload: api, port: dns}, transport: MutualTLS}")))
                .contains("MutualTLS is for TCP, and port dns is UDP");
    }

    @Test
    void httpIsRefusedOnAPortThatSpeaksNoHttp() {
        for (var port : new String[] {"sql", "dns"}) {
            assertThat(message(world(
                            "Linkerd",
                            "{from: [{workload: batch}], to: {workload: api, port: %s}, http: [{method: GET}]}"
                                    .formatted(port))))
                    .contains("port " + port + " of workload api speaks");
        }
    }

    @Test
    void httpIsRefusedWhereNoMeshCouldKeepToIt() {
        assertThat(message(world("None", EDGE.formatted(", http: [{method: GET}]"))))
                .contains("workload api isn't in a mesh, and NetworkPolicies know no requests");
        assertThat(message(world("Linkerd", EDGE.formatted(", http: [{method: GET}]"))
                        .and(LINKERD.replace("kinds: [HTTPRoute]", "kinds: [Gateway]"))))
                .contains("the cluster serves no gateway.networking.k8s.io/v1 HTTPRoute");
    }

    /** Its probes would be refused as soon as requests are told apart, and its pods never become ready. */
    @Test
    void httpIsRefusedOnPodsWhoseProbesNobodyKnows() {
        var delivered = """
                kind: Workload
                metadata: {name: theirs, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  targetNamespace: web
                  selector: {app: theirs}
                  ports: [{name: http, port: 80}]
                """;

        assertThat(message(world(
                                "Linkerd",
                                EDGE.formatted(", http: [{method: GET}]").replace("workload: api", "workload: theirs"))
                        .and(delivered)))
                .contains("somebody else delivers the pods of workload theirs");
    }

    @Test
    void aBrokenSetLeavesItsLastGoodEdgesInForceInTheMeshToo() {
        var broken = world("Linkerd", EDGE.formatted(", http: [{method: GET}]").replace("port: http", "port: sql"));
        var good = World.of(set(EDGE.formatted(", http: [{method: GET}]"))).manifests();
        var world = new World(broken.and(LINKERD).manifests(), good);

        assertThat(verdict(world)).isInstanceOf(Verdict.Refused.class);
        assertThat(world.plan().byRef().keySet())
                .anyMatch(it -> it.kind() == Kind.HTTP_ROUTE)
                .anyMatch(it ->
                        it.kind() == Kind.AUTHORIZATION_POLICY && it.name().startsWith("api.from.batch.http"))
                .noneMatch(it -> it.name().startsWith("api.from.batch.sql"));
    }

    private static Verdict verdict(World world) {
        return world.acceptance().verdicts().get(Origin.networkPolicySet("edges"));
    }

    private static String message(World world) {
        return verdict(world) instanceof Verdict.Refused refused ? refused.message() : "";
    }
}
