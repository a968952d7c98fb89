package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names are allowed that nobody may be able to keep to: then it is said, with the reason. */
class EgressStandingTest {

    private static final String OFFERS = """
            {apis: [
              {apiVersion: gateway.networking.k8s.io/v1, kinds: [HTTPRoute%s]},
              {apiVersion: gateway.networking.k8s.io/v1alpha2, kinds: [%s]},
              {apiVersion: policy.linkerd.io/v1alpha1, kinds: [AuthorizationPolicy, EgressNetwork, MeshTLSAuthentication, NetworkAuthentication]},
              {apiVersion: policy.linkerd.io/v1beta3, kinds: [Server]}],
             linkerd: {version: %s}}
            """;
    private static final String BOTH = OFFERS.formatted("", "TLSRoute", "version-2.20");

    @ParameterizedTest
    @CsvSource({
        "'',          TLSRoute, version-2.20, True",
        "', TLSRoute', TLSRoute, version-2.20, True",
        "', TLSRoute', '',       version-2.20, False",
        "', TLSRoute', '',       edge-26.8.3,  False",
        "', TLSRoute', '',       edge-26.9.1,  True",
        "', TLSRoute', '',       edge-27.1.1,  True",
        "', TLSRoute', '',       stable-2.21.0, True",
        "', TLSRoute', '',       mine,         False",
        "'',          '',       edge-27.1.1,  False"
    })
    void theMeshKeepsToNamesWhereItReadsTheRoutesThatAreServed(
            String stable, String alpha, String linkerd, String kept) {
        assertThat(condition("Linkerd", "Enabled", 443, OFFERS.formatted(stable, alpha, linkerd)))
                .hasValueSatisfying(it -> {
                    assertThat(it.getStatus()).isEqualTo(kept);
                    assertThat(it.getMessage()).contains("every public address");
                });
    }

    @Test
    void whatIsInTheWayIsSaid() {
        assertThat(said("None", "Enabled", 443, BOTH)).contains("the environment has no mesh");
        assertThat(said("Linkerd", "Disabled", 443, BOTH)).contains("workload api has no proxy");
        assertThat(said("Linkerd", "Enabled", 5432, BOTH)).contains("api.example.com on port 5432");
        assertThat(said("Linkerd", "Enabled", 443, "{}")).contains("the cluster serves no policy.linkerd.io");
    }

    private static String said(String mesh, String inject, int port, String offers) {
        return condition(mesh, inject, port, offers).orElseThrow().getMessage();
    }

    private static Optional<Condition> condition(String mesh, String inject, int port, String offers) {
        var conditions = Conditions.after(List.of(), 1L, Instant.EPOCH);
        EgressStanding.add(
                conditions,
                World.of("""
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec: {namespaces: [{name: web}], mesh: {provider: %s}}
                ---
                kind: EnvironmentClass
                metadata: {name: wide}
                spec: {hubNamespaces: {}, clusters: [local], defaultCluster: local, egress: {hosts: ["*"]}}
                ---
                kind: Workload
                metadata: {name: api, namespace: shop}
                spec: {environmentRef: {name: staging}, targetNamespace: web, image: registry.example.com/shop/api:1, mesh: {inject: %s}}
                ---
                kind: NetworkPolicySet
                metadata: {name: out, namespace: shop}
                spec: {environmentRef: {name: staging}, egress: [{from: [{workload: api}], to: {domains: [api.example.com]}, ports: [%d]}]}
                """.formatted(mesh, inject, port))
                        .and("kind: Capabilities\nversion: v1.36.3\noffers: "
                                + offers.indent(2).strip())
                        .blueprint());
        return conditions.build().stream()
                .filter(it -> it.getType().equals(EgressStanding.CONDITION))
                .findFirst();
    }
}
