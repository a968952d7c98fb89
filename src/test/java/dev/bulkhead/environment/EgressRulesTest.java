package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Origin;
import dev.bulkhead.status.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Out of the environment, and not round the perimeter into the cluster's own inside. */
class EgressRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8                                       | 10.42.0.0/22, 10.43.0.0/16",
                "10.42.1.7/32                                     | 10.42.0.0/22",
                "0.0.0.0/0                                        | 10.42.0.0/22, 10.43.0.0/16, 192.0.2.10/32, 192.0.2.11/32",
                "0.0.0.0/0, except: [10.0.0.0/8, 192.0.2.0/24]    | ''",
                "10.0.0.0/8, except: [10.42.0.0/16]               | 10.43.0.0/16",
                "192.0.2.0/24                                     | 192.0.2.10/32, 192.0.2.11/32",
                "192.0.2.10/32                                    | ''",
                "203.0.113.0/24                                   | ''"
            })
    void aBlockWithAddressesOfTheClusterIsRefused(String cidr, String inside) {
        var verdict = World.of("""
                        kind: Environment
                        metadata: {name: staging, namespace: shop}
                        spec: {namespaces: [{name: web}]}
                        ---
                        kind: EnvironmentClass
                        metadata: {name: wide}
                        spec: {hubNamespaces: {}, clusters: [local], defaultCluster: local, egress: {cidrs: [0.0.0.0/0]}}
                        ---
                        kind: Capabilities
                        version: v1.36.3
                        apiServers: [{address: 192.0.2.11, port: 6443}]
                        offers: {networks: [10.42.0.0/22, 10.43.0.0/16, 192.0.2.10/32]}
                        ---
                        kind: Workload
                        metadata: {name: api, namespace: shop}
                        spec: {environmentRef: {name: staging}, targetNamespace: web, image: registry.example.com/shop/api:1}
                        ---
                        kind: NetworkPolicySet
                        metadata: {name: out, namespace: shop}
                        spec: {environmentRef: {name: staging}, egress: [{from: [{workload: api}], to: {cidr: %s}, ports: [443]}]}
                        """.formatted(cidr)).acceptance().verdicts().get(Origin.networkPolicySet("out"));

        if (inside.isEmpty()) {
            assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        } else {
            assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, it -> {
                assertThat(it.reason()).isEqualTo(Reason.EgressNotAllowed);
                assertThat(it.message()).contains("has addresses of the cluster itself in it: " + inside + ".");
            });
        }
    }
}
