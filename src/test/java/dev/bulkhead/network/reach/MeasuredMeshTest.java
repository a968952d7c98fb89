package dev.bulkhead.network.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.InboundPolicy;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.network.reach.Facts.Transport;
import dev.bulkhead.network.reach.Packet.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What was seen on a real cluster, with Linkerd 2.20 and kube-router: a server with two ports that is probed on «/», and
 * clients. The brute-force model has to say the same, and so has the matrix. What was seen of connections to addresses
 * that don't exist, of the policy controller's log and of search domains is not about who reaches whom.
 */
class MeasuredMeshTest {

    private static final Request ROOT = Request.of("GET", "/");
    private static final Request OTHER_PAGE = Request.of("GET", "/orders");
    private static final String NODE = "192.168.7.7";

    private static final String PODS = """
            {apiVersion: apps/v1, kind: Deployment, metadata: {namespace: mesh, name: server}, spec: {template: {
              metadata: {labels: {app: server}, annotations: {linkerd.io/inject: enabled}}, spec: {containers: [{name: server,
                readinessProbe: {httpGet: {path: /, port: 8080}},
                ports: [{name: http, containerPort: 8080}, {name: other, containerPort: 9090}]}]}}}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {namespace: mesh, name: frontend}, spec: {template: {
              metadata: {labels: {app: frontend}, annotations: {linkerd.io/inject: enabled}},
              spec: {serviceAccountName: frontend, containers: [{name: client}]}}}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {namespace: mesh, name: other}, spec: {template: {
              metadata: {labels: {app: other}, annotations: {linkerd.io/inject: enabled}},
              spec: {serviceAccountName: other, containers: [{name: client}]}}}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {namespace: mesh, name: plain}, spec: {template: {
              metadata: {labels: {app: plain}}, spec: {serviceAccountName: frontend, containers: [{name: client}]}}}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {namespace: linkerd, name: policy}, spec: {template: {
              metadata: {labels: {app: policy}}, spec: {containers: [{name: policy, ports: [{containerPort: 8090}]}]}}}}
            """;

    private static final String SERVER = """
            apiVersion: policy.linkerd.io/v1beta3
            kind: Server
            metadata: {namespace: mesh, name: http}
            spec: {podSelector: {matchLabels: {app: server}}, port: http, proxyProtocol: HTTP/1, accessPolicy: deny}
            """;

    private static final String AUTHORIZATION = """
            apiVersion: policy.linkerd.io/v1alpha1
            kind: AuthorizationPolicy
            metadata: {namespace: mesh, name: http}
            spec:
              targetRef: {group: policy.linkerd.io, kind: Server, name: http}
              requiredAuthenticationRefs: [{group: policy.linkerd.io, kind: MeshTLSAuthentication, name: callers}]
            """;

    private static final String DENY = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {namespace: mesh, name: deny-all}
            spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
            """;

    private static final String EGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {namespace: mesh, name: frontend-to-server}
            spec:
              podSelector: {matchLabels: {app: frontend}}
              policyTypes: [Egress]
              egress: [{to: [{podSelector: {matchLabels: {app: server}}}], ports: [{port: 4143}]}]
            """;

    private static final String TO_CONTROL_PLANE = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {namespace: mesh, name: to-linkerd}
            spec:
              podSelector: {}
              policyTypes: [Egress]
              egress:
              - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: linkerd}}}]
                ports: [{port: 8080}, {port: 8086}, {port: 8090}]
            """;

    private Transport transport = Transport.HEADER;
    private InboundPolicy inbound = InboundPolicy.ALL_UNAUTHENTICATED;

    @Test
    void aMeshedCallWithoutAnyPolicyGetsThroughWithItsIdentity() {
        given();

        assertThat(reaches("frontend", 8080, ROOT)).isTrue();
        assertThat(edge("frontend", 8080).mutualTls()).isTrue();
    }

    @Test
    void aPolicyForTheAppPortBreaksTheAllowedEdgeToo() {
        given(ingressFromFrontend(8080));

        assertThat(reaches("frontend", 8080, ROOT)).isFalse();
        assertThat(reaches("frontend", 9090, ROOT)).isFalse();
        assertThat(reaches("other", 8080, ROOT)).isFalse();
    }

    @Test
    void aPolicyForTheProxysPortOpensAllPorts() {
        given(ingressFromFrontend(4143));

        assertThat(reaches("frontend", 8080, ROOT)).isTrue();
        assertThat(reaches("frontend", 9090, ROOT)).isTrue();
        assertThat(reaches("other", 8080, ROOT)).isFalse();
        assertThat(reaches("other", 9090, ROOT)).isFalse();
    }

    @Test
    void inTransparentModePortsOfPoliciesMeanWhatTheySay() {
        transport = Transport.TRANSPARENT;
        given(ingressFromFrontend(8080));

        assertThat(reaches("frontend", 8080, ROOT)).isTrue();
        assertThat(edge("frontend", 8080).mutualTls()).isTrue();
        assertThat(reaches("frontend", 9090, ROOT)).isFalse();
        assertThat(reaches("other", 8080, ROOT)).isFalse();
    }

    @Test
    void anotherModeBreaksPoliciesThatWereMadeForTheOneBefore() {
        given(ingressFromFrontend(4143));
        assertThat(reaches("frontend", 8080, ROOT)).isTrue();

        transport = Transport.TRANSPARENT;
        given(ingressFromFrontend(4143));

        assertThat(reaches("frontend", 8080, ROOT)).isFalse();
    }

    @Test
    void aConnectionThatStandsOutlivesACutByAPolicyAlone() {
        given(ingressFromFrontend(4143));

        assertThat(edge("frontend", 8080).enforcedBy()).containsExactly(Layer.L4);
        assertThat(edge("frontend", 8080).outlivesACut()).isTrue();
    }

    @Test
    void anIdentityThatIsTakenAwayIsRefusedAtTheNextRequest() {
        given(SERVER, AUTHORIZATION, callers("frontend"));
        assertThat(reaches("frontend", 8080, OTHER_PAGE)).isTrue();
        assertThat(edge("frontend", 8080).outlivesACut()).isFalse();

        given(SERVER, AUTHORIZATION, callers("nobody"));

        assertThat(reaches("frontend", 8080, OTHER_PAGE)).isFalse();
    }

    @Test
    void aServerThatDeniesLetsInWhoIsAuthorizedAndNobodyElse() {
        given(SERVER, AUTHORIZATION, callers("frontend"));

        assertThat(reaches("frontend", 8080, OTHER_PAGE)).isTrue();
        assertThat(reaches("other", 8080, OTHER_PAGE)).isFalse();
        assertThat(reaches("plain", 8080, OTHER_PAGE)).isFalse();
    }

    @Test
    void theExactPathOfAProbeIsOpenToEverybody() {
        given(SERVER, AUTHORIZATION, callers("frontend"));

        assertThat(reaches("frontend", 8080, ROOT)).isTrue();
        assertThat(reaches("other", 8080, ROOT)).isTrue();
        assertThat(reaches("plain", 8080, ROOT)).isTrue();
        assertThat(reaches("plain", 8080, Request.of("POST", "/"))).isFalse();
        assertThat(edge("plain", 8080).isProbe()).isTrue();
    }

    @Test
    void aPortWithoutAServerIsOpenToAll() {
        given(SERVER, AUTHORIZATION, callers("frontend"));

        assertThat(reaches("other", 9090, OTHER_PAGE)).isTrue();
        assertThat(reaches("plain", 9090, OTHER_PAGE)).isTrue();
        assertThat(edge("plain", 9090).enforcedBy()).isEmpty();
    }

    @Test
    void inAClosedNamespaceProxiesDoNotReachTheirControlPlane() {
        inbound = InboundPolicy.DENY;
        given(SERVER, AUTHORIZATION, callers("frontend"), DENY, EGRESS, ingressFromFrontend(4143));

        assertThat(reaches(endpoint("mesh/server"), endpoint("linkerd/policy"), 8090, null))
                .isFalse();
    }

    @Test
    void withTheControlPlaneOnlyTheDeclaredEdgeWorksAndProbesPass() {
        inbound = InboundPolicy.DENY;
        given(SERVER, AUTHORIZATION, callers("frontend"), DENY, EGRESS, ingressFromFrontend(4143), TO_CONTROL_PLANE);

        assertThat(reaches(endpoint("mesh/server"), endpoint("linkerd/policy"), 8090, null))
                .isTrue();
        assertThat(reaches("frontend", 8080, OTHER_PAGE)).isTrue();
        assertThat(reaches("frontend", 9090, OTHER_PAGE)).isFalse();
        assertThat(reaches("other", 8080, OTHER_PAGE)).isFalse();
        assertThat(reaches("plain", 8080, OTHER_PAGE)).isFalse();
        assertThat(reachesFromTheNode(8080, ROOT)).isTrue();
        assertThat(reachesFromTheNode(8080, OTHER_PAGE)).isFalse();
    }

    @Test
    void underThatDenyTheNodeReadsTheProxysReadinessAndNotItsMetrics() {
        inbound = InboundPolicy.DENY;
        given(DENY);

        assertThat(reachesFromTheNode(4191, Request.of("GET", "/metrics"))).isFalse();
        assertThat(reachesFromTheNode(4191, Request.of("GET", "/ready"))).isTrue();
    }

    private World world = World.of(List.of(), Facts.USUAL);

    private void given(String... objects) {
        var all = Objects.yaml(PODS);
        all.addAll(Objects.yaml(objects));
        world = World.of(all, Facts.USUAL.with(transport).with(inbound).withNodes(List.of(NODE)));
    }

    private static String callers(String account) {
        return """
                apiVersion: policy.linkerd.io/v1alpha1
                kind: MeshTLSAuthentication
                metadata: {namespace: mesh, name: callers}
                spec: {identityRefs: [{kind: ServiceAccount, name: %s}]}
                """.formatted(account);
    }

    private static String ingressFromFrontend(int port) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {namespace: mesh, name: from-frontend}
                spec:
                  podSelector: {matchLabels: {app: server}}
                  policyTypes: [Ingress]
                  ingress: [{from: [{podSelector: {matchLabels: {app: frontend}}}], ports: [{port: %d}]}]
                """.formatted(port);
    }

    private Endpoint endpoint(String id) {
        return world.endpoints().stream()
                .filter(endpoint -> endpoint.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private boolean reaches(String client, int port, Request request) {
        return reaches(endpoint("mesh/" + client), endpoint("mesh/server"), port, request);
    }

    private boolean reachesFromTheNode(int port, Request request) {
        var node = world.matrix().party("nodes").orElseThrow();
        return same(node, null, NODE, endpoint("mesh/server"), port, request);
    }

    private boolean reaches(Endpoint from, Endpoint to, int port, @Nullable Request request) {
        return same(from, from, "10.42.0.5", to, port, request);
    }

    /** Both are asked, and have to agree. */
    private boolean same(
            Party party, @Nullable Endpoint from, String address, Endpoint to, int port, @Nullable Request request) {
        var model = new Oracle(world, transport == Transport.TRANSPARENT)
                .passes(new Packet(from, address, to, "10.42.0.6", Protocol.TCP, port, request));
        var access = Reach.of(world).verdict(party, to, Protocol.TCP, port).access();
        assertThat(request == null ? access.raw() : access.requests().contains(request.method(), request.path()))
                .as("the verdict, beside the brute-force model")
                .isEqualTo(model);
        return model;
    }

    private Edge edge(String client, int port) {
        return world
                .matrix()
                .between(List.of(endpoint("mesh/" + client)), List.of(endpoint("mesh/server")))
                .edges()
                .stream()
                .filter(edge -> edge.ports().contains(Protocol.TCP, port))
                .findFirst()
                .orElseThrow();
    }
}
