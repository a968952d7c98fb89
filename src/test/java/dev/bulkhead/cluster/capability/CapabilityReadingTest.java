package dev.bulkhead.cluster.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.api.v1alpha1.ExternalDnsCapability;
import dev.bulkhead.api.v1alpha1.GatewayApiCapability;
import dev.bulkhead.api.v1alpha1.InstalledVersion;
import dev.bulkhead.api.v1alpha1.LinkerdCapability;
import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import dev.bulkhead.api.v1alpha1.StorageClassCapability;
import dev.bulkhead.cluster.FakeApiServer;
import dev.bulkhead.cluster.TargetClients;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.cluster.kubeconfig.TestAuthority;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CapabilityReadingTest {

    private static final String DEPLOYMENTS = "/apis/apps/v1/deployments";
    private static final String CLASSES = "/apis/storage.k8s.io/v1/storageclasses";
    private static final String DESTINATION = "/apis/apps/v1/namespaces/linkerd/deployments/linkerd-destination";
    private static final String NODES = "/api/v1/nodes";
    private static final String EMPTY = "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": []}";
    private static final String IMAGE = "registry.example.com:5000/x/y:v3.7.12@sha256:1";

    private static final TestAuthority AUTHORITY = new TestAuthority("target");
    private static final TargetClients CLIENTS = new TargetClients("bulkhead");

    private final FakeApiServer server = new FakeApiServer(AUTHORITY, AUTHORITY.serverAt("127.0.0.1"))
            .answering("/api", 200, groups(group("", "v1", "Namespace", "ConfigMap", "Node")))
            .answering("/apis", 200, groups(group("apps", "v1", "Deployment", "ReplicaSet")))
            .answering(CLASSES, 200, EMPTY)
            .answering(NODES, 200, EMPTY)
            .answering(DEPLOYMENTS, 200, EMPTY)
            .answering("/api/v1/namespaces/platform", 200, namespace("platform", "a"))
            .answering("/api/v1/namespaces/shop-staging-web", 200, namespace("shop-staging-web", "bulkhead.dev/hub"));

    private String version = "v1.36.3";

    @AfterEach
    void close() {
        server.close();
    }

    @AfterAll
    static void closeAll() {
        CLIENTS.close();
    }

    @Test
    void onlyKindsThatMatterAreNamed() {
        var offers = read();

        assertThat(offers.apis())
                .extracting(it -> it.apiVersion() + " " + it.kinds())
                .containsExactly("apps/v1 [Deployment]", "v1 [ConfigMap, Namespace]");
        assertThat(offers.unknown()).isEmpty();
    }

    @Test
    void whatIsNotServedIsLackingAndWhatIsNotKnownIsNot() {
        assertThat(read().lacks("apps/v1", "Deployment")).isFalse();
        assertThat(read().lacks("autoscaling/v2", "HorizontalPodAutoscaler")).isTrue();
        assertThat(ClusterCapabilities.UNKNOWN.lacks("apps/v1", "Deployment")).isFalse();
    }

    @Test
    void aPlainClusterTakesFiveRequests() {
        read();

        assertThat(server.received())
                .extracting(FakeApiServer.Received::path)
                .containsExactlyInAnyOrder("/api", "/apis", CLASSES, DEPLOYMENTS, NODES);
    }

    @Test
    void linkerdIsReadFromItsDestinationController() {
        serve(group("policy.linkerd.io", "v1beta3", "Server"));
        server.answering(
                DESTINATION,
                200,
                deployment(
                        "linkerd", "edge-26.8.3", IMAGE, "destination", "-outbound-transport-mode=transport-header"));

        assertThat(read().linkerd()).isEqualTo(new LinkerdCapability("edge-26.8.3", "transport-header"));
    }

    @Test
    void linkerdWithoutTheRightToLookIsThereAllTheSame() {
        serve(group("policy.linkerd.io", "v1beta3", "Server"));
        server.answering(DESTINATION, 403, "{}");

        var offers = read();

        assertThat(offers.linkerd()).isEqualTo(new LinkerdCapability(null, null));
        assertThat(offers.unknown()).containsExactly("linkerd");
    }

    @Test
    void theGatewayApiTellsItsBundleAndItsChannel() {
        serve(group("gateway.networking.k8s.io", "v1", "Gateway", "HTTPRoute"));
        server.answering(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gateways.gateway.networking.k8s.io", 200, """
                {"kind": "PartialObjectMetadata", "metadata": {"annotations": {
                  "gateway.networking.k8s.io/bundle-version": "v1.6.1",
                  "gateway.networking.k8s.io/channel": "standard"}}}""");

        assertThat(read().gatewayApi()).isEqualTo(new GatewayApiCapability("v1.6.1", "standard"));
    }

    @Test
    void externalDnsOfVersion22HasAnotherPrefixThanBefore() {
        install("v0.21.0");
        assertThat(read().externalDns())
                .isEqualTo(new ExternalDnsCapability("v0.21.0", "external-dns.alpha.kubernetes.io/"));

        install("v0.22.0");
        assertThat(read().externalDns()).isEqualTo(new ExternalDnsCapability("v0.22.0", "external-dns.kubernetes.io/"));

        install("v0.22.0", "--source=ingress", "--annotation-prefix=dns.example.com/");
        assertThat(read().externalDns()).isEqualTo(new ExternalDnsCapability("v0.22.0", "dns.example.com/"));

        install("latest");
        assertThat(read().externalDns()).isEqualTo(new ExternalDnsCapability("latest", null));
    }

    @Test
    void theInsideOfAClusterIsWhereItsNodesPodsAndServicesAre() {
        serve(group("networking.k8s.io", "v1", "NetworkPolicy", "ServiceCIDR"));
        server.answering("/apis/networking.k8s.io/v1/servicecidrs", 200, """
                        {"kind": "ServiceCIDRList", "items": [{"kind": "ServiceCIDR", "spec": {"cidrs": ["10.43.0.0/16"]}}]}""").answering(NODES, 200, """
                        {"kind": "NodeList", "items": [
                          {"kind": "Node", "spec": {"podCIDRs": ["10.42.0.0/24", "fd42::/64"]},
                           "status": {"addresses": [{"type": "InternalIP", "address": "192.0.2.10"}, {"type": "Hostname", "address": "one"}]}},
                          {"kind": "Node", "spec": {"podCIDRs": ["10.42.3.0/24"]},
                           "status": {"addresses": [{"type": "InternalIP", "address": "2001:db8::1"}]}}]}""");

        assertThat(read().networks())
                .containsExactly("10.42.0.0/22", "10.43.0.0/16", "192.0.2.10/32", "2001:db8::1/128", "fd42::/64");
    }

    /** Else who has a namespace of an environment could say for all what is installed. */
    @Test
    void whatStandsInAnEnvironmentIsNotThePlatform() {
        server.answering(DEPLOYMENTS, 200, list(deployment("shop-staging-web", "v9.9.9", IMAGE)));

        assertThat(read().externalDns()).isNull();
    }

    @Test
    void certManagerAndTraefikAreToldByWhatTheyServe() {
        serve(group("cert-manager.io", "v1", "Certificate"), group("traefik.io", "v1alpha1", "Middleware"));
        install("");

        var offers = read();

        assertThat(offers.certManager()).isEqualTo(new InstalledVersion("v3.7.12"));
        assertThat(offers.traefik()).isEqualTo(new InstalledVersion("v3.7.12"));
    }

    @Test
    void theDefaultStorageClassComesFirst() {
        server.answering(CLASSES, 200, """
                {"kind": "StorageClassList", "apiVersion": "storage.k8s.io/v1", "items": [
                  {"metadata": {"name": "fast"}, "provisioner": "csi.example.com"},
                  {"metadata": {"name": "local-path",
                    "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}},
                   "provisioner": "rancher.io/local-path"}]}""");

        assertThat(read().storageClasses())
                .containsExactly(
                        new StorageClassCapability("local-path", "rancher.io/local-path", true),
                        new StorageClassCapability("fast", "csi.example.com", null));
    }

    @Test
    void theEngineWithinK3sIsThereUnlessAServerWasStartedWithoutIt() {
        version = "v1.36.3+k3s1";
        startedWith("[\"server\",\"--disable\",\"traefik\"]");
        assertThat(read().networkPolicyEngine()).isEqualTo(NetworkPolicyEngine.KubeRouter);

        startedWith("[\"server\",\"--disable-network-policy\",\"true\"]");
        assertThat(read().networkPolicyEngine()).isEqualTo(NetworkPolicyEngine.Unknown);

        serve(group("cilium.io", "v2", "CiliumNetworkPolicy"));
        assertThat(read().networkPolicyEngine()).isEqualTo(NetworkPolicyEngine.Cilium);
    }

    @Test
    void whoMayNotSeeTheNodesOfK3sDoesNotGuess() {
        version = "v1.36.3+k3s1";
        server.answering(NODES, 403, "{}");

        assertThat(read().networkPolicyEngine()).isEqualTo(NetworkPolicyEngine.Unknown);
        assertThat(read().unknown()).containsExactly("networkPolicyEngine", "networks");
    }

    private void startedWith(String arguments) {
        server.answering(NODES, 200, """
                {"apiVersion": "v1", "kind": "NodeList", "items": [{"apiVersion": "v1", "kind": "Node",
                 "metadata": {"name": "one", "annotations": {"k3s.io/node-args": "%s"}}}]}""".formatted(arguments.replace("\"", "\\\"")));
    }

    @Test
    void anEngineIsToldByItsApiAndTwoTellNothing() {
        assertThat(read().networkPolicyEngine()).isEqualTo(NetworkPolicyEngine.Unknown);

        serve(group("cilium.io", "v2", "CiliumNetworkPolicy"));
        assertThat(read().networkPolicyEngine()).isEqualTo(NetworkPolicyEngine.Cilium);

        serve(group("cilium.io", "v2", "CiliumNetworkPolicy"), group("crd.projectcalico.org", "v1", "IPPool"));
        assertThat(read().networkPolicyEngine()).isEqualTo(NetworkPolicyEngine.Unknown);
    }

    @Test
    void withoutRightsEverythingIsUnknownAndNothingFails() {
        for (var path : List.of("/api", "/apis", CLASSES, DEPLOYMENTS)) {
            server.answering(path, 403, "{}");
        }

        var offers = read();

        assertThat(offers.unknown())
                .containsExactly(
                        "apis",
                        "certManager",
                        "externalDns",
                        "gatewayApi",
                        "linkerd",
                        "networkPolicyEngine",
                        "storageClasses",
                        "traefik");
        assertThat(offers.lacks("apps/v1", "Deployment")).isFalse();
    }

    @Test
    void anAnswerThatMakesNoSenseIsUnknown() {
        for (var nonsense : List.of("nonsense", "[]", "{\"kind\": \"APIGroupList\"}", "\"x\"")) {
            server.answering("/apis", 200, nonsense);

            assertThat(read().unknown()).contains("apis");
        }
    }

    @Test
    void aClusterThatFailsIsTheCallersToDealWith() {
        server.answering("/apis", 503, "{}");
        assertThatThrownBy(this::read).isInstanceOf(KubernetesClientException.class);

        server.answering("/apis", 401, "{}");
        assertThatThrownBy(this::read).isInstanceOf(KubernetesClientException.class);
    }

    private ClusterCapabilities read() {
        try (var client = CLIENTS.probing(server.kubeconfig(new Credential.Token("x")), () -> {})) {
            return CapabilityReading.of(client, version);
        }
    }

    private void serve(String... groups) {
        var all = Stream.concat(Stream.of(group("apps", "v1", "Deployment")), Stream.of(groups));
        server.answering("/apis", 200, groups(all.toArray(String[]::new)));
    }

    private void install(String version, String... arguments) {
        server.answering(DEPLOYMENTS, 200, list(deployment("platform", version, IMAGE, arguments)));
    }

    private static String groups(String... groups) {
        return """
                {"kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "items": [%s]}""".formatted(String.join(",", groups));
    }

    private static String group(String name, String version, String... kinds) {
        return """
                {"metadata": {"name": "%s"}, "versions": [{"version": "%s", "resources": [%s]}]}""".formatted(
                        name, version, joined("{\"resource\": \"x\", \"responseKind\": {\"kind\": \"%s\"}}", kinds));
    }

    private static String namespace(String name, String label) {
        return """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s", "labels": {"%s": "b"}}}""".formatted(name, label);
    }

    private static String list(String deployment) {
        return "{\"apiVersion\": \"apps/v1\", \"kind\": \"DeploymentList\", \"items\": [%s]}".formatted(deployment);
    }

    private static String deployment(String namespace, String version, String image, String... arguments) {
        var labels = version.isEmpty() ? "" : "\"app.kubernetes.io/version\": \"%s\"".formatted(version);
        return """
                {"apiVersion": "apps/v1", "kind": "Deployment",
                 "metadata": {"namespace": "%s", "name": "any", "labels": {%s}},
                 "spec": {"template": {"spec": {"containers": [{"name": "a", "image": "%s", "args": [%s]}]}}}}""".formatted(namespace, labels, image, joined("\"%s\"", arguments));
    }

    private static String joined(String format, String... values) {
        return Arrays.stream(values).map(format::formatted).collect(Collectors.joining(","));
    }
}
