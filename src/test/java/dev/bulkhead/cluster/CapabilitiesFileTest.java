package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.api.v1alpha1.ExternalDnsCapability;
import dev.bulkhead.api.v1alpha1.GatewayApiCapability;
import dev.bulkhead.api.v1alpha1.InstalledVersion;
import dev.bulkhead.api.v1alpha1.LinkerdCapability;
import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import dev.bulkhead.api.v1alpha1.ServedApi;
import dev.bulkhead.api.v1alpha1.StorageClassCapability;
import dev.bulkhead.apply.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitiesFileTest {

    private static final Capabilities FULL = new Capabilities(
            "v1.36.3",
            List.of(new Capabilities.ApiServer("192.0.2.10", 6443)),
            List.of("192.0.2.10", "10.42.0.0"),
            "cluster.local",
            new OperatorAccount("bulkhead-system", "bulkhead"),
            new ClusterCapabilities(
                    List.of(new ServedApi("apps/v1", List.of("Deployment"))),
                    new LinkerdCapability("edge-26.8.3", "transparent"),
                    new GatewayApiCapability("v1.6.1", "standard"),
                    new InstalledVersion("v1.21.2"),
                    new ExternalDnsCapability("v0.22.0", "external-dns.kubernetes.io/"),
                    new InstalledVersion(null),
                    List.of(new StorageClassCapability("local-path", "rancher.io/local-path", true)),
                    NetworkPolicyEngine.Unknown,
                    List.of("10.42.0.0/16"),
                    List.of("storageClasses")));

    @Test
    void whatIsWrittenIsReadAgain() {
        var plain = new Capabilities("v1.36.3", List.of(), "cluster.local");

        assertThat(CapabilitiesFile.read(CapabilitiesFile.write(FULL))).isEqualTo(FULL);
        assertThat(CapabilitiesFile.read(CapabilitiesFile.write(plain))).isEqualTo(plain);
    }

    @Test
    void aFileOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> CapabilitiesFile.read("kind: Environment\nversion: x"))
                .hasMessageContaining("its kind must be Capabilities");
        assertThatThrownBy(() -> CapabilitiesFile.read("kind: Capabilities\nversion: x\nfuture: y"))
                .hasMessageContaining("future")
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> CapabilitiesFile.read("a: [")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsKnownNotToBeServedIsUnserved() {
        assertThat(FULL.unserved()).contains(Kind.HORIZONTAL_POD_AUTOSCALER).doesNotContain(Kind.DEPLOYMENT);
        assertThat(new Capabilities("v1", List.of(), "").unserved())
                .as("of a cluster of which nothing is known")
                .allMatch(Kind::isAdded)
                .contains(Kind.SERVER, Kind.HTTP_ROUTE, Kind.CANARY);
        assertThat(FULL.unserved()).hasSize(Arrays.asList(Kind.values()).size() - 1);
    }

    /** Else one object would be seen as two, and one of them be taken for something that nobody plans. */
    @Test
    void ofTwoVersionsOfOneKindTheNewerIsServed() {
        assertThat(serving("v1alpha2").served()).contains(Kind.TLS_ROUTE_ALPHA).doesNotContain(Kind.TLS_ROUTE);
        assertThat(serving("v1", "v1alpha2").served()).contains(Kind.TLS_ROUTE).doesNotContain(Kind.TLS_ROUTE_ALPHA);
    }

    private static Capabilities serving(String... versions) {
        var apis = Arrays.stream(versions)
                .map(version -> new ServedApi("gateway.networking.k8s.io/" + version, List.of("TLSRoute")))
                .toList();
        return new Capabilities(
                "v1",
                List.of(),
                List.of(),
                "",
                OperatorAccount.NONE,
                new ClusterCapabilities(apis, null, null, null, null, null, List.of(), null, List.of(), List.of()));
    }
}
