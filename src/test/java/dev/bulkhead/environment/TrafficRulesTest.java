package dev.bulkhead.environment;

import static dev.bulkhead.environment.Texts.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Origin;
import dev.bulkhead.status.Reason;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a workload is told whose traffic can't be as it says. */
class TrafficRulesTest {

    private static final String SERVED = """
            ---
            kind: Capabilities
            version: v1.36.3
            offers:
              linkerd: {version: version-2.20}
              apis:
              - {apiVersion: policy.linkerd.io/v1beta3, kinds: [Server]}
              - {apiVersion: policy.linkerd.io/v1alpha1, kinds: [HTTPLocalRateLimitPolicy]}
              - {apiVersion: gateway.networking.k8s.io/v1, kinds: [HTTPRoute]}
              - {apiVersion: flagger.app/v1beta1, kinds: [Canary]}
            """;

    private static final String LINKERD = """
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec:
              namespaces: [{name: web}, {name: data}]
              mesh: {provider: Linkerd}
            """;

    private static final String ROUTE = "traffic: {routes: [{port: http, backends: [{workload: api-v2}]}]}";
    private static final String CANARY = """
            autoscaling: {maxReplicas: 4}
            traffic: {canary: {port: http, metrics: [{name: success, templateRef: {name: success}, min: 99}]}}
            """;
    private static final String HTTP = "ports: [{name: http, port: 80}]\n";

    private final World meshed = World.of(LINKERD + SERVED).and(workload("api-v2", HTTP));

    @ParameterizedTest
    @ValueSource(
            strings = {
                ROUTE,
                CANARY,
                "traffic: {timeouts: {request: 10s}, retries: {http: [5xx]}, circuitBreaking: {}}",
                "traffic: {rateLimit: {perIdentity: 5, overrides: [{workload: api-v2, requestsPerSecond: 9}]}}"
            })
    void whatTheMeshCanDoIsAccepted(String traffic) {
        assertThat(verdict(meshed.and(workload("api", HTTP + traffic)))).isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {ROUTE, CANARY, "traffic: {timeouts: {idle: 1m}}", "traffic: {rateLimit: {perIdentity: 5}}"})
    void outsideAMeshNothingCarriesTrafficOut(String traffic) {
        var world = meshed.and(workload("api", HTTP + "mesh: {inject: Disabled}\n" + traffic));

        assertThat(refusal(world).reason()).isEqualTo(Reason.MeshMissing);
        assertThat(refusal(world).message()).contains("the pods of api get none", "Give the environment a mesh");
    }

    @ParameterizedTest
    @CsvSource({"shop-staging-web, true", "shop-staging-data, true", "shop-production-web, false", "flagger, false"})
    void aMetricTemplateIsOneOfTheEnvironmentOrOfTheClass(String namespace, boolean allowed) {
        var elsewhere = CANARY.replace("templateRef: {", "templateRef: {namespace: %s, ".formatted(namespace));
        var world = meshed.and(workload("api", HTTP + elsewhere));

        if (allowed) {
            assertThat(verdict(world)).isInstanceOf(Verdict.Accepted.class);
        } else {
            assertThat(refusal(world))
                    .isEqualTo(new Verdict.Refused(
                            Reason.MetricTemplateNotAllowed,
                            ("spec.traffic.canary.metrics[0].templateRef.namespace: %s isn't of this environment, nor does"
                                            + " EnvironmentClass open list it in metricTemplateNamespaces. Choose from:"
                                            + " shop-staging-data, shop-staging-web")
                                    .formatted(namespace)));
        }
    }

    @Test
    void aClassMayListWhereMetricTemplatesAre() {
        var elsewhere = CANARY.replace("templateRef: {", "templateRef: {namespace: flagger, ");
        var world = World.of(LINKERD + SERVED + """
                ---
                kind: EnvironmentClass
                metadata: {name: standard}
                spec: {hubNamespaces: {}, clusters: [local], defaultCluster: local, metricTemplateNamespaces: [flagger]}
                """).and(workload("api", HTTP + elsewhere));

        assertThat(verdict(world)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aClusterWithoutLinkerdCarriesNothingOut() {
        var world = World.of(LINKERD + """
                ---
                kind: Capabilities
                version: v1.36.3
                offers: {apis: [{apiVersion: v1, kinds: [Service]}]}
                """).and(workload("api", HTTP + "traffic: {timeouts: {idle: 1m}}"));

        assertThat(refusal(world))
                .isEqualTo(new Verdict.Refused(
                        Reason.MeshMissing,
                        "spec.traffic: the proxies of Linkerd carry this out, and the cluster has none. Install it there, or take "
                                + "traffic away"));
    }

    @Test
    void whereNothingIsKnownOfTheClusterItIsTakenAtItsWord() {
        var world = World.of(LINKERD).and(workload("api-v2", HTTP)).and(workload("api", HTTP + ROUTE));

        assertThat(verdict(world)).isInstanceOf(Verdict.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kinds: [HTTPRoute]                | spec.traffic.routes: the cluster serves no gateway.networking.k8s.io/v1 HTTPRoute",
                "kinds: [HTTPLocalRateLimitPolicy] | spec.traffic.rateLimit: the cluster serves no policy.linkerd.io/v1alpha1",
                "kinds: [Canary]                   | spec.traffic.canary: the cluster serves no flagger.app/v1beta1 Canary. Install Flagger"
            })
    void aKindThatIsNotServedIsNamed(String missing, String message) {
        var world = World.of(LINKERD + SERVED.replace(missing, "kinds: [Other]"))
                .and(workload("api-v2", HTTP))
                .and(workload(
                        "api",
                        HTTP
                                + (message.contains("canary")
                                        ? CANARY
                                        : ROUTE.replace("{routes", "{rateLimit: {perIdentity: 5}, routes"))));

        assertThat(refusal(world).reason()).isEqualTo(Reason.KindsMissing);
        assertThat(refusal(world).message()).startsWith(message);
    }

    @Test
    void aBackendThatIsNotThereIsWaitedFor() {
        var world = World.of(LINKERD + SERVED).and(workload("api", HTTP + ROUTE));

        assertThat(waiting(world).reason()).isEqualTo(Reason.WaitingForWorkload);
        assertThat(waiting(world).message())
                .startsWith("spec.traffic.routes[0].backends[0]: there is no workload api-v2");
    }

    @Test
    void aBackendWithoutThePortIsWaitedFor() {
        var world = World.of(LINKERD + SERVED)
                .and(workload("api-v2", "ports: [{name: web, port: 80}]"))
                .and(workload("api", HTTP + ROUTE));

        assertThat(waiting(world).reason()).isEqualTo(Reason.WaitingForPort);
        assertThat(waiting(world).message()).contains("workload api-v2 has no port http");
    }

    @Test
    void aBackendInAnotherNamespaceIsRefused() {
        var world = World.of(LINKERD + SERVED)
                .and(workload("api-v2", HTTP).replace("targetNamespace: web", "targetNamespace: data"))
                .and(workload("api", HTTP + ROUTE));

        assertThat(impossible(world)).contains("api-v2 is in namespace data", "which is web here");
    }

    @Test
    void aBackendWithoutAServiceOfOursIsRefused() {
        var world = World.of(LINKERD + SERVED)
                .and(workload("api-v2", HTTP).replaceAll("image: .*", "selector: {app: api-v2}"))
                .and(workload("api", HTTP + ROUTE));

        assertThat(impossible(world)).contains("somebody else delivers workload api-v2");
    }

    @Test
    void aRouteOfAPortThatIsNotDeclaredIsRefused() {
        var world = meshed.and(workload("api", "ports: [{name: web, port: 80}]\n" + ROUTE));

        assertThat(refusal(world).reason()).isEqualTo(Reason.PortUnknown);
        assertThat(refusal(world).message()).startsWith("spec.traffic.routes[0].port: there is no port http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: http, port: 53, protocol: UDP}",
                "{name: http, port: 5432}",
                "{name: http, port: 80, targetPort: 3306}",
                "{name: http, port: 80, appProtocol: redis}",
                "{name: http, port: 80, appProtocol: grpc}"
            })
    void aPortInWhichCallersSeeNoRequestsHasNoRoutesRetriesTimeoutsOrLimits(String port) {
        var ports = "ports: [%s]\n".formatted(port);

        assertThat(impossible(meshed.and(workload("api", ports + ROUTE))))
                .startsWith("spec.traffic.routes[0].port: callers' proxies see no HTTP in port http");
        assertThat(impossible(meshed.and(workload(
                        "api",
                        ports + "traffic: {retries: {http: [5xx]}, timeouts: {idle: 1m}, circuitBreaking: {},"
                                + " rateLimit: {perIdentity: 5}}"))))
                .contains(
                        "spec.traffic.retries: none of the ports of api speaks HTTP",
                        "spec.traffic.timeouts: none",
                        "spec.traffic.circuitBreaking: none",
                        "spec.traffic.rateLimit: none");
    }

    @Test
    void twoRoutesForTheSameRequestsAreRefused() {
        var world = meshed.and(workload("api", HTTP + """
                traffic:
                  routes:
                  - {port: http, match: {pathPrefix: /v1/, headers: [{name: X-Team, value: a}]}, backends: [{workload: api-v2}]}
                  - {port: http, match: {pathPrefix: /v1, headers: [{name: X-Team, value: b}]}, backends: [{workload: api}]}
                  - {port: http, match: {pathPrefix: /v1, headers: [{name: x-team, value: a}]}, backends: [{workload: api}]}
                """));

        assertThat(impossible(world))
                .isEqualTo(
                        "spec.traffic.routes[2]: it is for the same requests as spec.traffic.routes[0]. Put their backends "
                                + "into one");
    }

    @Test
    void aRateOfSomebodyWithoutAnIdentityIsRefused() {
        var limit =
                HTTP + "traffic: {rateLimit: {perIdentity: 5, overrides: [{workload: batch, requestsPerSecond: 9}]}}";

        assertThat(impossible(meshed.and(workload("api", limit)).and(workload("batch", "mesh: {inject: Disabled}"))))
                .contains("workload batch isn't in the mesh, and has no identity");
        assertThat(waiting(meshed.and(workload("api", limit))).reason()).isEqualTo(Reason.WaitingForWorkload);
    }

    @Test
    void aCanaryWithPortsThatNobodyCouldCallIsRefused() {
        var world = meshed.and(workload(
                "api",
                "ports: [{name: http, port: 80}, {name: metrics, port: 90}, {name: admin, port: 81}]\n" + CANARY));

        assertThat(impossible(world)).contains("a Service with the one port http", "nobody could call: admin");
    }

    @Test
    void aCanaryWhoseCopyHasTheNameOfAnotherWorkloadIsRefused() {
        var world = meshed.and(workload("api", HTTP + CANARY)).and(workload("api-primary", HTTP));

        assertThat(refusal(world).reason()).isEqualTo(Reason.NameTaken);
        assertThat(refusal(world).message()).contains("Flagger calls the version in use api-primary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            traffic: {retries: {http: [5xx]}}          | spec.traffic.retries: the mesh passes over this
            traffic: {timeouts: {request: 10s}}        | spec.traffic.timeouts: the mesh passes over this
            traffic: {circuitBreaking: {}}             | spec.traffic.circuitBreaking: the mesh passes over this
            traffic: {routes: [{port: http, backends: [{workload: api-v2}]}]} | spec.traffic.routes: the mesh passes over
            """)
    void whatAServiceProfileTurnsOffIsRefusedAsLongAsItIsThere(String traffic, String words) {
        var world = meshed.and(workload("api", HTTP + traffic));

        var refused = (Verdict.Refused) profiled(world, "api.shop-staging-web.svc.cluster.local");
        assertThat(refused.reason()).isEqualTo(Reason.TrafficImpossible);
        assertThat(refused.message())
                .contains(words, "a ServiceProfile api.shop-staging-web.svc.cluster.local. Remove that");

        assertThat(profiled(world, "api.shop-staging-data.svc.cluster.local")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aRateIsKeptToBesideAServiceProfile() {
        var world = meshed.and(workload("api", HTTP + "traffic: {rateLimit: {perIdentity: 5}}"));

        assertThat(profiled(world, "api.shop-staging-web.svc.cluster.local")).isInstanceOf(Verdict.Accepted.class);
    }

    private static Verdict profiled(World world, String service) {
        return Acceptance.of(world.gathered(), world.blueprint().capabilities(), Set.of(service), Remembered.NOTHING)
                .verdicts()
                .get(Origin.workload("api"));
    }

    private static Verdict verdict(World world) {
        return world.acceptance().verdicts().get(Origin.workload("api"));
    }

    private static Verdict.Refused refusal(World world) {
        return (Verdict.Refused) verdict(world);
    }

    private static Verdict.Waiting waiting(World world) {
        return (Verdict.Waiting) verdict(world);
    }

    private static String impossible(World world) {
        assertThat(refusal(world).reason()).isEqualTo(Reason.TrafficImpossible);
        return refusal(world).message();
    }
}
