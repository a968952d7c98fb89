package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.cluster.ForeignObjects;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.environment.pillar.Prospect;
import dev.bulkhead.environment.reach.Reached;
import dev.bulkhead.environment.reach.Reckoning;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What others put beside a plan is seen, and each edge of it has its culprit. */
class ForeignReachTest {

    /** A frontend that calls an api on port 8080 of its pods. */
    private static final String SHOP = Texts.SHOP.replace("port: 80}", "port: 80, targetPort: 8080}") + "---\n";

    private static final World MESHED = World.of(SHOP.replace("namespaces:", "mesh: {provider: Linkerd}\n  namespaces:")
                    .replace("8080}", "8080, appProtocol: http}")
            + """
            kind: Capabilities
            version: v1.36.3
            offers:
              apis:
              - {apiVersion: apps/v1, kinds: [Deployment]}
              - {apiVersion: networking.k8s.io/v1, kinds: [NetworkPolicy]}
              - apiVersion: policy.linkerd.io/v1beta3
                kinds: [Server]
              - apiVersion: policy.linkerd.io/v1alpha1
                kinds: [AuthorizationPolicy, MeshTLSAuthentication, NetworkAuthentication]
              linkerd: {version: edge-26.8.3, outboundTransportMode: transport-header}
            """);

    private static final String TO_ALL = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: let-me-in, namespace: shop-staging-web, uid: u1}
            spec:
              podSelector: {matchLabels: {bulkhead.dev/workload: api}}
              policyTypes: [Ingress]
              ingress: [{from: [%s]}]
            """;

    @Test
    void withNothingOfOthersAllThatIsOpenWasAskedFor() {
        assertThat(told(PassWorld.STAGING)).satisfies(told -> {
            assertThat(told.first()).isEmpty();
            assertThat(told.missing() + told.extra() + told.meddled()).isZero();
            assertThat(told.allowed()).isPositive();
        });
    }

    @Test
    void aPolicyThatOpensTheDenialIsNamedWithWhatItOpens() {
        var told = told(PassWorld.STAGING, TO_ALL.formatted("{ipBlock: {cidr: 203.0.113.0/24}}"));

        assertThat(told.extra()).isPositive();
        assertThat(told.meddling())
                .isNotEmpty()
                .allMatch(it -> it.startsWith(
                        "NetworkPolicy shop-staging-web/let-me-in opens 203.0.113.0/24 -> shop-staging-web/api: "));
    }

    @Test
    void whoeverOpensAWayForPodsOfOtherNamespacesIsSeenThoughNobodyKnowsThosePods() {
        assertThat(told(PassWorld.STAGING, TO_ALL.formatted("{namespaceSelector: {}}"))
                        .meddling())
                .anyMatch(it -> it.contains("let-me-in opens */* -> shop-staging-web/api"));
        assertThat(told(
                                PassWorld.STAGING,
                                TO_ALL.formatted("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ci}},"
                                        + " podSelector: {matchLabels: {app: runner}}}"))
                        .meddling())
                .allMatch(it -> it.contains("let-me-in opens ci/app=runner -> shop-staging-web/api"))
                .isNotEmpty();
    }

    @Test
    void aPolicyThatOpensWhatIsOpenAnywayIsNoNews() {
        var told = told(
                PassWorld.STAGING, TO_ALL.formatted("{podSelector: {matchLabels: {bulkhead.dev/workload: frontend}}}"));

        assertThat(told.meddling()).isEmpty();
        assertThat(told.extra()).isZero();
    }

    @Test
    void twoPoliciesThatOpenAnEdgeTogetherAreBothNamed() {
        var told = told(
                PassWorld.STAGING,
                TO_ALL.formatted("{podSelector: {}}").replace("workload: api", "workload: frontend"),
                """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: let-me-out, namespace: shop-staging-web, uid: u2}
                spec:
                  podSelector: {matchLabels: {bulkhead.dev/workload: api}}
                  policyTypes: [Egress]
                  egress: [{to: [{podSelector: {matchLabels: {bulkhead.dev/workload: frontend}}}]}]
                """);

        assertThat(told.meddling())
                .anyMatch(it -> it.startsWith("NetworkPolicy shop-staging-web/let-me-in and NetworkPolicy"
                        + " shop-staging-web/let-me-out open shop-staging-web/api -> shop-staging-web/frontend"));
    }

    @Test
    void aPortNameThatNobodyHasOpensEveryPortWhereKubeRouterIsTheEngine() {
        var policy = TO_ALL.formatted("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ci}}}")
                .replace("}}}]}]", "}}}], ports: [{port: nobodys}]}]");

        assertThat(told(enforcedBy("Calico"), policy).meddling()).isEmpty();
        assertThat(told(enforcedBy("KubeRouter"), policy).meddling())
                .isNotEmpty()
                .allMatch(it -> it.contains("let-me-in opens ci/* -> shop-staging-web/api"));
    }

    private static World enforcedBy(String engine) {
        return World.of(SHOP + """
                kind: Capabilities
                version: v1.36.3
                offers:
                  networkPolicyEngine: %s
                  apis:
                  - {apiVersion: apps/v1, kinds: [Deployment]}
                  - {apiVersion: networking.k8s.io/v1, kinds: [NetworkPolicy]}
                """.formatted(engine));
    }

    private static final String TO_CI =
            TO_ALL.formatted("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ci}}}");

    private static final String LETS_BUILD_IN = """
            apiVersion: policy.linkerd.io/v1alpha1
            kind: AuthorizationPolicy
            metadata: {name: theirs, namespace: shop-staging-web, uid: u2}
            spec:
              targetRef: {group: policy.linkerd.io, kind: Server, name: api.8080}
              requiredAuthenticationRefs: [%s]
            """;

    @Test
    void whomTheMeshLetsInByNameIsSeenAlthoughNobodyKnowsHim() {
        assertThat(told(MESHED, TO_CI).meddling()).noneMatch(it -> it.contains("http (8080)"));

        for (var reference : List.of(
                "{kind: ServiceAccount, namespace: ci, name: build}",
                "{kind: MeshTLSAuthentication, group: policy.linkerd.io, name: theirs}")) {
            var told = told(MESHED, TO_CI, LETS_BUILD_IN.formatted(reference), """
                    apiVersion: policy.linkerd.io/v1alpha1
                    kind: MeshTLSAuthentication
                    metadata: {name: theirs, namespace: shop-staging-web, uid: u3}
                    spec: {identities: [build.ci.serviceaccount.identity.linkerd.cluster.local]}
                    """);

            assertThat(told.extra()).isPositive();
            assertThat(told.meddling())
                    .anyMatch(it -> it.startsWith("AuthorizationPolicy shop-staging-web/theirs")
                            && it.contains("ci/* in the mesh as build -> shop-staging-web/api: http (8080)"));
        }
    }

    @Test
    void whoIsLetInWithAProxyAndWithoutOneIsToldOnce() {
        var told = told(MESHED, TO_CI, LETS_BUILD_IN.formatted(""));

        assertThat(told.meddling())
                .filteredOn(it -> it.contains("api: http (8080)"))
                .singleElement()
                .asString()
                .contains("ci/* -> shop-staging-web/api");
    }

    @Test
    void anOlderServerThatClosesAnEdgeIsNamed() {
        var told = told(MESHED, """
                apiVersion: policy.linkerd.io/v1beta3
                kind: Server
                metadata: {name: mine, namespace: shop-staging-web, uid: u1, creationTimestamp: "2020-01-01T00:00:00Z"}
                spec:
                  podSelector: {}
                  port: 8080
                  accessPolicy: deny
                """);

        assertThat(told.missing()).isPositive();
        assertThat(told.meddling())
                .anyMatch(it -> it.startsWith("Server shop-staging-web/mine closes shop-staging-web/frontend ->"
                        + " shop-staging-web/api: http"));
    }

    @Test
    void whatCantBeSeenOrIsTooMuchIsSaidToBeUnknown() {
        assertThat(reckoning(PassWorld.STAGING)
                        .with(new ForeignObjects(List.of(), Set.of(Kind.SERVER, Kind.HTTP_ROUTE))))
                .isEqualTo(new Reached.Untold(
                        "What others have of HTTPRoute, Server in its namespaces can't be seen now"));
        var policy = object(TO_ALL.formatted(""));
        assertThat(reckoning(PassWorld.STAGING)
                        .with(new ForeignObjects(
                                Stream.generate(() -> policy).limit(501).toList(), Set.of())))
                .isInstanceOf(Reached.Untold.class);
    }

    private static Reached.Told told(World world, String... foreign) {
        var objects = Stream.of(foreign).map(ForeignReachTest::object).toList();
        return (Reached.Told) reckoning(world).with(new ForeignObjects(objects, Set.of()));
    }

    private static Reckoning reckoning(World world) {
        var blueprint = world.blueprint();
        var prospect = new Prospect(blueprint, world.plan());
        return new Reckoning(
                Prospect.world(List.of(prospect), blueprint.capabilities()),
                blueprint.namespaces().stream().map(TargetNamespace::name).collect(Collectors.toSet()),
                prospect.intents());
    }

    private static HasMetadata object(String yaml) {
        return yaml.contains("kind: NetworkPolicy")
                ? Serialization.unmarshal(yaml, NetworkPolicy.class)
                : Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }
}
