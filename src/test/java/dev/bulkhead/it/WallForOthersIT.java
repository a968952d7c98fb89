package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.it.Caller.Answer;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OtherDefinitions;
import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the policies keep everybody from, be he an administrator of the cluster; and the attacks on the fence that need a
 * plan rather than a list. RBAC lets both do everything here.
 */
@BulkheadTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WallForOthersIT {

    private static final String OURS = "namespaces/ours";
    private static final String THEIRS = "namespaces/theirs";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
    private static final String MARKS =
            "bulkhead.dev/hub: mine, bulkhead.dev/hub-namespace: shop, bulkhead.dev/environment: staging";
    private static final String JSON_MARKS = "{" + MARKS.replaceAll("([a-z][-a-z./]*)", "\"$1\"") + "}";

    private final TestCluster cluster;
    private final Wall wall;
    private KubernetesClient platform;
    private KubernetesClient account;
    private Caller person;
    private Caller operator;

    WallForOthersIT(@Another("wall-for-others") TestCluster cluster) {
        this.cluster = cluster;
        this.wall = new Wall(cluster);
    }

    @BeforeAll
    void everybodyMayEverything() throws IOException {
        cluster.applyYaml("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: bulkhead-system, annotations: {bulkhead.dev/hub-id: mine}}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: everybody}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects:
                - {kind: ServiceAccount, name: bulkhead, namespace: bulkhead-system}
                - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: platform}
                """);
        wall.namespace("ours", MARKS + ", pod-security.kubernetes.io/enforce: restricted");
        wall.namespace("theirs", "");
        wall.namespace("adoptable", "bulkhead.dev/adoptable: \"true\"");
        wall.namespace("of-another-hub", "bulkhead.dev/hub: another");
        cluster.applyYaml("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: deny-all, namespace: ours, labels: {%1$s}}
                spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: api, namespace: ours, labels: {%1$s}}
                spec: {selector: {app: api}, ports: [{port: 80}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: api, namespace: ours, labels: {%1$s}, annotations: {bulkhead.dev/environment-uid: a}}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: api}}
                  template:
                    metadata: {labels: {app: api}}
                    spec:
                      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                      containers:
                      - name: app
                        image: registry.example.com/api:1
                        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                """.formatted(MARKS));
        wall.putUp();
        platform = wall.user("ada", "platform", "system:authenticated");
        person = new Caller(platform);
        account = wall.operator();
        operator = new Caller(account);
        // A policy takes a moment to be in force.
        cluster.eventually(() -> assertThat(patched(person, "/api/v1/" + OURS, "labels", "bulkhead.dev/hub", null))
                .matches(Answer::isByPolicy));
        cluster.eventually(() -> assertThat(patched(operator, "/api/v1/" + THEIRS, "labels", "a", "b"))
                .matches(Answer::isByPolicy));
    }

    @AfterAll
    void close() {
        platform.close();
        account.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/networking.k8s.io/v1/%s/networkpolicies|NetworkPolicy|\"spec\":{\"podSelector\":{}}",
                "/api/v1/%s/resourcequotas|ResourceQuota|\"spec\":{}",
                "/api/v1/%s/limitranges|LimitRange|\"spec\":{\"limits\":[]}",
                "/apis/rbac.authorization.k8s.io/v1/%s/roles|Role|\"rules\":[]",
                "/apis/rbac.authorization.k8s.io/v1/%s/rolebindings|RoleBinding|\"roleRef\":"
                        + "{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"view\"}"
            })
    void whatSealsAnEnvironmentIsTheOperatorsAlone(String kind) {
        var parts = kind.split("[|]");
        var group = parts[0].substring(0, parts[0].indexOf("/%s")).replaceFirst("/apis?/", "");
        var body = "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"open\"},%s}"
                .formatted(group, parts[1], parts[2]);

        assertThat(posted(person, parts[0].formatted(OURS), body)).matches(Answer::isByPolicy);
        assertThat(posted(person, parts[0].formatted(THEIRS), body).code()).isEqualTo(201);
        assertThat(posted(person, parts[0].formatted("namespaces/of-another-hub"), body)
                        .code())
                .as("where another hub has policies of its own")
                .isEqualTo(201);
    }

    @Test
    void whatSealsIsNeitherChangedNorDeletedByOthersAndTheMessageHelps() {
        var policy = "/apis/networking.k8s.io/v1/" + OURS + "/networkpolicies/deny-all";

        assertThat(patched(person, policy, "labels", "a", "b")).matches(Answer::isByPolicy);
        assertThat(person.ask("DELETE", policy + "?dryRun=All", "", Caller.JSON))
                .matches(Answer::isByPolicy)
                .matches(it -> it.body()
                        .contains("Ask for it in an Environment, Workload or NetworkPolicySet in namespace shop"));
        assertThat(new Caller(cluster.client())
                        .ask("DELETE", policy + "?dryRun=All", "", Caller.JSON)
                        .code())
                .as("system:masters")
                .isEqualTo(200);
    }

    /** With one, requests are no longer those that the authorizations of a Server speak of. */
    @Test
    void aRouteOfAProxyIsTheOperatorsAloneAndAnyOtherIsNot() {
        OtherDefinitions.applyTo(cluster, "gateway-api");
        var routes = "/apis/gateway.networking.k8s.io/v1/%s/httproutes";
        var server = "{\"group\":\"policy.linkerd.io\",\"kind\":\"Server\",\"name\":\"api-8080\"}";
        var service = "{\"group\":\"\",\"kind\":\"Service\",\"name\":\"api\"}";

        assertThat(posted(person, routes.formatted(OURS), route("{}", server))).matches(Answer::isByPolicy);
        assertThat(posted(person, routes.formatted(THEIRS), route("{}", server)).code())
                .isEqualTo(201);
        assertThat(posted(person, routes.formatted(OURS), route("{}", service)).code())
                .isEqualTo(201);
        assertThat(posted(operator, routes.formatted(OURS), route(JSON_MARKS, server))
                        .code())
                .isEqualTo(201);
    }

    private static String route(String labels, String parent) {
        return """
                {"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute",
                 "metadata":{"name":"open","labels":%s},"spec":{"parentRefs":[%s]}}
                """.formatted(labels, parent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bulkhead.dev/hub", "bulkhead.dev/hub-namespace", "bulkhead.dev/environment"})
    void nobodyElseSaysWhoseAnObjectIs(String label) {
        for (var object : new String[] {
            "/api/v1/" + OURS + "/services/api", "/api/v1/" + OURS, "/apis/apps/v1/" + OURS + "/deployments/api"
        }) {
            assertThat(patched(person, object, "labels", label, null)).matches(Answer::isByPolicy);
            assertThat(patched(person, object, "labels", label, "stolen")).matches(Answer::isByPolicy);
            assertThat(patched(person, object, "labels", "team", "shop").code()).isEqualTo(200);
        }
        assertThat(posted(
                        person,
                        "/api/v1/" + THEIRS + "/configmaps",
                        "{\"metadata\":{\"name\":\"x\",\"labels\":%s}}".formatted(JSON_MARKS)))
                .matches(Answer::isByPolicy);
        assertThat(patched(
                        person,
                        "/apis/apps/v1/" + OURS + "/deployments/api",
                        "annotations",
                        "bulkhead.dev/environment-uid",
                        "b"))
                .matches(Answer::isByPolicy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/status", "/finalize"})
    void aNamespaceIsNotTakenOverByItsLabels(String subresource) {
        var live = new Caller(cluster.client()).get("/api/v1/" + OURS).body();
        var path = "/api/v1/" + OURS + subresource + "?dryRun=All";

        assertThat(person.ask(
                        "PUT", path, live.replace("enforce\":\"restricted", "enforce\":\"privileged"), Caller.JSON))
                .matches(Answer::isByPolicy);
        assertThat(person.ask(
                        "PUT",
                        path,
                        live.replace("\"labels\":{", "\"annotations\":{\"config.linkerd.io/x\":\"y\"},\"labels\":{"),
                        Caller.JSON))
                .matches(Answer::isByPolicy);
        assertThat(person.ask("PUT", path, live, Caller.JSON).code()).isEqualTo(200);
    }

    @Test
    void controllersGoOnWithTheirWork() {
        cluster.eventually(() -> assertThat(cluster.list("endpointslice", "ours"))
                .as("copies labels of its Service")
                .anySatisfy(slice ->
                        assertThat(slice.getMetadata().getLabels()).containsEntry("bulkhead.dev/hub", "mine")));
        assertThat(person.ask(
                                "PATCH",
                                "/apis/apps/v1/" + OURS + "/deployments/api/scale",
                                "{\"spec\":{\"replicas\":1}}",
                                Caller.MERGE)
                        .code())
                .isEqualTo(200);
        cluster.eventually(() -> assertThat(cluster.list("pod", "ours")).isNotEmpty());
        cluster.await("deployment", "ours/api", it -> Integer.valueOf(1).equals(it.get("status", "replicas")));

        wall.namespace("leaving", MARKS);
        cluster.applyYaml("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: deny-all, namespace: leaving, labels: {%s}}
                spec: {podSelector: {}}
                """.formatted(MARKS));
        cluster.delete("namespace", "leaving");
        cluster.awaitGone("namespace", "leaving");
    }

    @Test
    void aProtectedEnvironmentIsDeletedByNobody() {
        wall.namespace("shop", "");
        cluster.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec: {namespaces: [{name: web}]}
                """);
        var all = "/apis/bulkhead.dev/v1alpha1/namespaces/shop/environments";
        var admin = new Caller(cluster.client());

        for (var path : new String[] {all, all + "/staging"}) {
            assertThat(admin.ask("DELETE", path, "", Caller.JSON))
                    .matches(Answer::isByPolicy)
                    .matches(it -> it.body().contains("kubectl patch environment staging -n shop --type merge"));
        }
        assertThat(patched(admin, all + "/staging", "annotations", "bulkhead.dev/released", "now")
                        .code())
                .isEqualTo(200);
        admin.ask(
                "PATCH",
                all + "/staging",
                "{\"metadata\":{\"annotations\":{\"bulkhead.dev/released\":\"x\"}}}",
                Caller.MERGE);
        assertThat(admin.ask("DELETE", all + "/staging?dryRun=All", "", Caller.JSON)
                        .code())
                .isEqualTo(200);
        admin.ask("PATCH", all + "/staging", "{\"metadata\":{\"annotations\":null}}", Caller.MERGE);

        cluster.delete("namespace", "shop");
        cluster.awaitGone("namespace", "shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ClusterRole/cluster-admin to User/me",
                "ClusterRole/edit to User/me",
                "Role/bulkhead-developer to User/me",
                "ClusterRole/bulkhead-developer to ServiceAccount/default",
                "ClusterRole/bulkhead-developer to Group/system:masters",
                "ClusterRole/bulkhead-developer to Group/system:authenticated",
                "ClusterRole/bulkhead-operator-namespaced to User/me",
                "ClusterRole/bulkhead-operator-namespaced to ServiceAccount/default"
            })
    void theOperatorBindsNamedRolesToPeopleOnly(String binding) {
        assertThat(bound(binding)).matches(Answer::isByPolicy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ClusterRole/bulkhead-developer to Group/team-shop",
                "ClusterRole/bulkhead-viewer to User/ada",
                "ClusterRole/bulkhead-operator-namespaced to ServiceAccount/bulkhead"
            })
    void andThoseItBinds(String binding) {
        assertThat(bound(binding).code()).isEqualTo(201);
    }

    private Answer bound(String binding) {
        var words = binding.split(" to |/", 4);
        var account = words[2].equals("ServiceAccount") ? ",\"namespace\":\"bulkhead-system\"" : "";
        return posted(operator, RBAC + OURS + "/rolebindings", """
                {"metadata":{"name":"x","labels":%s},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"%s","name":"%s"},
                 "subjects":[{"kind":"%s","name":"%s"%s}]}
                """.formatted(
                        JSON_MARKS, words[0], words[1], words[2], words[3], account));
    }

    @Test
    void theOperatorTakesNoNamespaceThatNobodyGaveIt() {
        for (var namespace : new String[] {"theirs", "of-another-hub", "kube-system", "default", "bulkhead-system"}) {
            assertThat(patched(operator, "/api/v1/namespaces/" + namespace, "labels", "bulkhead.dev/hub", "mine"))
                    .as(namespace)
                    .matches(Answer::isByPolicy);
        }
        assertThat(patched(operator, "/api/v1/namespaces/theirs", "labels", "bulkhead.dev/adoptable", "true"))
                .as("and doesn't give it to itself")
                .matches(Answer::isByPolicy);
        assertThat(patched(operator, "/api/v1/namespaces/adoptable", "labels", "bulkhead.dev/hub", "mine")
                        .code())
                .isEqualTo(200);
        assertThat(patched(operator, "/api/v1/namespaces/adoptable", "labels", "bulkhead.dev/hub", "another"))
                .matches(Answer::isByPolicy);
        assertThat(patched(operator, "/api/v1/" + OURS, "labels", "bulkhead.dev/hub", null)
                        .code())
                .as("release")
                .isEqualTo(200);
    }

    @Test
    void theOperatorDoesNotBecomeAnotherHub() {
        assertThat(patched(
                        operator,
                        "/api/v1/namespaces/bulkhead-system",
                        "annotations",
                        "bulkhead.dev/hub-id",
                        "another"))
                .matches(Answer::isByPolicy);
        cluster.applyYaml("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: bulkhead-hub, namespace: bulkhead-system}
                data: {id: mine}
                """);
        var map = "/api/v1/namespaces/bulkhead-system/configmaps/bulkhead-hub?dryRun=All";
        assertThat(operator.ask("PATCH", map, "{\"data\":{\"id\":\"another\"}}", Caller.MERGE))
                .matches(Answer::isByPolicy);
        assertThat(operator.ask("DELETE", map, "", Caller.JSON)).matches(Answer::isByPolicy);
    }

    @Test
    void theOperatorMintsNoTokens() {
        for (var type : new String[] {"kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"}) {
            assertThat(posted(operator, "/api/v1/" + OURS + "/secrets", """
                            {"type":"%s","metadata":{"name":"x","labels":%s,
                             "annotations":{"kubernetes.io/service-account.name":"default"}},
                             "stringData":{"token-id":"abcdef","token-secret":"0123456789abcdef"}}
                            """.formatted(type, JSON_MARKS)))
                    .as(type)
                    .matches(Answer::isByPolicy);
        }
        assertThat(posted(operator, "/api/v1/" + OURS + "/serviceaccounts/default/token", "{\"spec\":{}}"))
                .matches(Answer::isByPolicy);
    }

    private static Answer posted(Caller caller, String path, String body) {
        return caller.ask("POST", path + "?dryRun=All", body, Caller.JSON);
    }

    private static Answer patched(Caller caller, String path, String map, String key, String value) {
        var text = value == null ? "null" : "\"" + value + "\"";
        return caller.ask(
                "PATCH",
                path + "?dryRun=All",
                "{\"metadata\":{\"%s\":{\"%s\":%s}}}".formatted(map, key, text),
                Caller.MERGE);
    }
}
