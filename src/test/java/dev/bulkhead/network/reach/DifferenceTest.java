package dev.bulkhead.network.reach;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What changes for anybody. */
class DifferenceTest {

    private static final String DNS = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {namespace: shop, name: to-resolver}
            spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 198.51.100.53/32}}], ports: [{port: 53}]}]}
            """;

    @Test
    void aPolicyThatOpensNothingNewChangesNothing() {
        var twice = Shop.usual(DNS, DNS.replace("name: to-resolver", "name: again"));

        assertThat(Difference.between(Shop.usual(DNS), twice).isEmpty()).isTrue();
    }

    @Test
    void addressesThatNobodyNamedBeforeAreTheNewEdgeAlone() {
        var difference = Difference.between(Shop.usual(), Shop.usual(DNS));

        assertThat(difference.added())
                .extracting(Edge::toString)
                .containsExactly("shop/web -> 198.51.100.53/32: TCP 53");
        assertThat(difference.removed()).isEmpty();
        assertThat(difference.changed()).isEmpty();
    }

    @Test
    void anEdgeThatOnlyAPolicyHeldOutlivesItsCut() {
        var difference = Difference.between(Shop.usual(DNS), Shop.usual());

        assertThat(difference.removed()).singleElement().satisfies(edge -> {
            assertThat(edge).hasToString("shop/web -> 198.51.100.53/32: TCP 53");
            assertThat(edge.outlivesACut()).isTrue();
        });
    }

    @Test
    void anEdgeWithFewerRequestsIsChangedAndTheMeshCutsAtOnce() {
        var world = Shop.usual();
        var narrower = Shop.with(
                Shop.workload("web", Shop.container("web")),
                Shop.workload("api", Shop.container("api")),
                Shop.API_LETS_WEB_IN.replace(
                        "{group: policy.linkerd.io, kind: Server, name: api-http}",
                        "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: reading}"),
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {namespace: shop, name: reading}
                spec: {parentRefs: [{group: policy.linkerd.io, kind: Server, name: api-http}], rules: [{matches: [{method: GET, path: {type: PathPrefix, value: /v1}}]}]}
                """);

        var difference = Difference.between(world, narrower);

        assertThat(difference.added()).isEmpty();
        assertThat(difference.removed()).isEmpty();
        assertThat(difference.changed()).singleElement().satisfies(change -> {
            assertThat(change.gained().isEmpty()).isTrue();
            assertThat(change.lost().requests()).isEqualTo(Requests.ALL.without(Requests.below("GET", "/v1")));
            assertThat(change.before().outlivesACut()).isFalse();
        });
    }
}
