package dev.bulkhead.network.reach;

import static dev.bulkhead.network.reach.Shop.WEB_CALLS_API;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Transport;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was wanted, beside what is. */
class ComparisonTest {

    private static final String STRANGER = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {namespace: shop, name: by-somebody}
            spec: {podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 8080}]}]}
            ---
            apiVersion: policy.linkerd.io/v1beta3
            kind: Server
            metadata: {namespace: shop, name: web-http}
            spec: {podSelector: {matchLabels: {app: web}}, port: http, accessPolicy: all-unauthenticated}
            """;

    @Test
    void whatIsWantedIsThereAndNothingElse() {
        var compared = against(Shop.usual(), WEB_CALLS_API);

        assertThat(compared.missing()).isEmpty();
        assertThat(compared.unproved()).isEmpty();
        assertThat(compared.extra()).isEmpty();
    }

    @Test
    void whatNobodyWantedIsExtraWhoeverWroteThePolicy() {
        assertThat(against(Shop.usual(STRANGER), WEB_CALLS_API).extra())
                .extracting(Edge::toString)
                .containsExactly("203.0.113.0/24 -> shop/web: http (8080)");
    }

    @Test
    void whatIsWantedFromAddressesIsNotExtra() {
        var partner = new Intent(
                new Who.Addresses("203.0.113.0/24", List.of()),
                new Who.Someone("shop/web"),
                Shop.tcp(8080),
                Transport.Plain,
                Requests.ALL);

        var compared = against(Shop.usual(STRANGER), WEB_CALLS_API, partner);

        assertThat(compared.extra()).isEmpty();
        assertThat(compared.missing()).isEmpty();
    }

    @Test
    void anEdgeThatNoPolicyOpensIsMissing() {
        var back = Intent.between("shop/api", "shop/web", Shop.tcp(8080), Transport.Plain);

        assertThat(against(Shop.usual(), WEB_CALLS_API, back).missing())
                .extracting(Comparison.Gap::inWords)
                .containsExactly("shop/api -> shop/web: TCP 8080");
    }

    @Test
    void moreRequestsThanWereWantedAreExtra() {
        var reading = WEB_CALLS_API.only(Requests.below("GET", "/v1"));

        assertThat(against(Shop.usual(), reading).extra()).singleElement().satisfies(edge -> assertThat(
                        edge.access().requests())
                .isEqualTo(Requests.ALL.without(Requests.below("GET", "/v1"))));
    }

    @Test
    void anEdgeThatGoesPastTheProxyIsNotProved() {
        var world = Shop.with(
                Shop.workload("web", "{config.linkerd.io/skip-outbound-ports: '8080'}", Shop.container("web")),
                Shop.workload("api", "{config.linkerd.io/skip-inbound-ports: '8080'}", Shop.container("api")),
                Shop.API_LETS_WEB_IN);

        var compared = against(world, WEB_CALLS_API);

        assertThat(compared.missing()).isEmpty();
        assertThat(compared.unproved()).hasSize(1);
    }

    @Test
    void aProbesPathIsToldApartFromWhatIsExtra() {
        var world = Shop.with(
                Shop.workload("web", Shop.container("web")),
                Shop.workload(
                        "api",
                        "{containers: [{name: api, ports: [{name: http, containerPort: 8080}],"
                                + " readinessProbe: {httpGet: {path: /healthz, port: http}}}]}"));

        var compared = against(world);

        assertThat(compared.extra()).isEmpty();
        assertThat(compared.probes())
                .extracting(Edge::toString)
                .contains("shop/web -> shop/api: http (8080) GET /healthz")
                .contains("nodes -> shop/api: http (8080) GET /healthz");
    }

    @Test
    void twoEnvironmentsAreApartButForWhatWasAgreed() {
        var world = Shop.usual("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {namespace: staging, name: batch}
                spec: {template: {metadata: {labels: {app: batch}}, spec: {containers: [{name: batch}]}}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {namespace: shop, name: from-staging}
                spec:
                  podSelector: {matchLabels: {app: web}}
                  ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: staging}}}], ports: [{port: 9000}]}]
                ---
                apiVersion: policy.linkerd.io/v1beta3
                kind: Server
                metadata: {namespace: shop, name: web}
                spec: {podSelector: {matchLabels: {app: web}}, port: 9000, accessPolicy: all-unauthenticated}
                """);
        var agreed = Intent.between("staging/batch", "shop/web", Shop.tcp(9000), Transport.Plain);

        var apart = Separation.of(world.matrix(), Set.of("staging"), Set.of("shop"), List.of());
        assertThat(apart.holds()).isFalse();
        assertThat(apart.breaches())
                .extracting(Edge::toString)
                .containsExactly("staging/batch -> shop/web: undeclared TCP 9000");

        assertThat(Separation.of(world.matrix(), Set.of("staging"), Set.of("shop"), List.of(agreed)))
                .isEqualTo(new Separation(List.of(), List.of()));
        assertThat(Separation.of(world.matrix(), Set.of("shop"), Set.of("staging"), List.of(agreed))
                        .unused())
                .containsExactly(agreed);
    }

    private static Comparison against(World world, Intent... intents) {
        return world.matrix().against(List.of(intents));
    }
}
