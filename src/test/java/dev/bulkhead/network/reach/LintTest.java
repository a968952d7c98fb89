package dev.bulkhead.network.reach;

import static dev.bulkhead.network.reach.Shop.WEB_CALLS_API;
import static dev.bulkhead.network.reach.Shop.container;
import static dev.bulkhead.network.reach.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import dev.bulkhead.api.v1alpha1.Transport;
import dev.bulkhead.network.reach.Endpoint.Probing;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One test for each thing that makes a perimeter weaker than it looks. */
class LintTest {

    @Test
    void aSoundEnvironmentHasNoFindings() {
        assertThat(findings(Shop.usual(), WEB_CALLS_API)).isEmpty();
    }

    @Test
    void aServiceAccountOfTwoIsFound() {
        assertThat(findings(Shop.usual(workload("batch", container("web"))), WEB_CALLS_API))
                .singleElement(STRING)
                .contains("shop/web may call others, and shop/batch, which may not, has the same ServiceAccount web");
    }

    @Test
    void theDefaultServiceAccountIsFound() {
        var world = Shop.with(workload("web", "{containers: [{name: web}]}"), workload("api", container("api")));

        assertThat(findings(world, WEB_CALLS_API)).anyMatch(it -> it.startsWith("shop/web may call others, and has"));
    }

    @Test
    void aServerInTheShadowOfAnOlderOneIsFound() {
        var older = """
                apiVersion: policy.linkerd.io/v1beta3
                kind: Server
                metadata: {namespace: shop, name: legacy, creationTimestamp: "2020-01-01T00:00:00Z"}
                spec: {podSelector: {}, port: 8080, accessPolicy: all-unauthenticated}
                """;

        assertThat(findings(Shop.usual(older), WEB_CALLS_API))
                .containsExactly(
                        "Server api-http means nothing for port 8080 of shop/api, because the older Server legacy"
                                + " has it. Remove the older one.");
    }

    @Test
    void aServiceProfileIsFound() {
        var profile = """
                apiVersion: linkerd.io/v1alpha2
                kind: ServiceProfile
                metadata: {namespace: shop, name: api.shop.svc.cluster.local}
                spec: {}
                """;

        assertThat(findings(Shop.usual(profile), WEB_CALLS_API))
                .singleElement(STRING)
                .startsWith("ServiceProfile api.shop.svc.cluster.local in shop");
    }

    @Test
    void podsWithoutAProxyAmongOthersAreFound() {
        assertThat(findings(
                        Shop.usual(workload("old", "{linkerd.io/inject: disabled}", container("old"))), WEB_CALLS_API))
                .singleElement(STRING)
                .startsWith("shop/old has no proxy");
    }

    @Test
    void aPortThatIsKeptFromTheProxyIsFoundAtBothEnds() {
        var world = Shop.with(
                workload("web", "{config.linkerd.io/skip-outbound-ports: 8000-9000}", container("web")),
                workload("api", "{config.linkerd.io/skip-inbound-ports: '8080'}", container("api")));

        assertThat(findings(world, WEB_CALLS_API))
                .anyMatch(it -> it.startsWith("shop/api keeps port http (8080) from its proxy"))
                .anyMatch(it -> it.startsWith("shop/web calls shop/api on TCP 8080 past its proxy"));
    }

    @Test
    void podsOnTheNodesNetworkAreFound() {
        var world = Shop.usual(workload("agent", "{hostNetwork: true, containers: [{name: agent}]}"));

        assertThat(findings(world, WEB_CALLS_API)).anyMatch(it -> it.startsWith("shop/agent is on its node's network"));
    }

    @Test
    void aPortThatNoContainerDeclaresIsFound() {
        var other = Intent.between("shop/web", "shop/api", Shop.tcp(9090), Transport.MutualTLS);

        assertThat(findings(Shop.usual(), other))
                .containsExactly(
                        "shop/api is to be called on TCP 9090 by shop/web, and no container of it declares that port."
                                + " Declare it, or take the edge away.");
    }

    @Test
    void aProbeOfTheFirstPageIsFound() {
        var world = Shop.with(workload(
                "api",
                "{containers: [{name: api, livenessProbe: {httpGet: {port: 8080}}, ports: [{containerPort: 8080}]}]}"));

        assertThat(findings(world)).singleElement(STRING).startsWith("shop/api is probed with GET / on port 8080");
    }

    @Test
    void aProbeThatIsLedToTheFirstPageIsFound() {
        var world = Shop.with(workload("api", container("api")))
                .asked(Map.of("shop/api", List.of(Probing.redirected(8080, "/"))));

        assertThat(findings(world)).singleElement(STRING).startsWith("shop/api is probed with GET / on port 8080");
    }

    @ParameterizedTest
    @EnumSource(names = {"KubeRouter", "Cilium"})
    void aNameThatMeansSeveralNumbersIsFoundWhereThatIsByChance(NetworkPolicyEngine engine) {
        var world = Shop.usual(
                workload("old", container("old").replace("8080", "8081")),
                policy("one", "{podSelector: {matchLabels: {app: api}}, ingress: [{ports: [{port: http}]}]}"),
                policy("all", "{podSelector: {}, ingress: [{ports: [{port: http}, {port: 9090}]}]}"),
                policy(
                        "out",
                        "{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress],"
                                + " egress: [{to: [{namespaceSelector: {}}], ports: [{port: http}]}]}"));

        var found = findings(world, engine).filter(it -> it.contains("names port http"));

        if (engine == NetworkPolicyEngine.KubeRouter) {
            assertThat(found)
                    .satisfiesExactly(
                            it -> assertThat(it).startsWith("NetworkPolicy all in shop names port http"),
                            it -> assertThat(it).startsWith("NetworkPolicy out in shop names port http"));
        } else {
            assertThat(found).isEmpty();
        }
    }

    private static String policy(String name, String spec) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {namespace: shop, name: %s}
                spec: %s
                """.formatted(name, spec);
    }

    private static Stream<String> findings(World world, NetworkPolicyEngine engine) {
        var enforced = new World(
                world.endpoints(),
                world.policies(),
                world.mesh(),
                world.namespaceLabels(),
                world.facts().with(engine));
        return findings(enforced).stream();
    }

    private static List<String> findings(World world, Intent... intents) {
        return new Lint(world, List.of(intents), object -> !"legacy"
                        .equals(object.getMetadata().getName()))
                .findings().stream().map(Finding::message).toList();
    }
}
