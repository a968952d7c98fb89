package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.it.Caller.Answer;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.NodeRequest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.runtime.Bulkhead;
import dev.bulkhead.runtime.Settings;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The trust anchor and the issuer of a mesh, with the rights and the policies of the chart. Linkerd itself is played: its
 * objects are there, and what it says and what its pods have the test writes. That proxies take it so was measured apart.
 */
@BulkheadTest(needs = NodeKind.SIMULATED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MeshIdentityIT {

    private static final String LINKERD = "linkerd";

    private final TestCluster cluster;
    private final Wall wall;
    private final Shifted clock = new Shifted();
    private KubernetesClient account;
    private Bulkhead bulkhead;
    private int looks = 1;

    MeshIdentityIT(@Another(value = "mesh", node = NodeRequest.SIMULATED) TestCluster cluster) {
        this.cluster = cluster;
        this.wall = new Wall(cluster);
    }

    /** Days pass in a moment. */
    private static final class Shifted extends Clock {

        private volatile Duration by = Duration.ZERO;

        void pass(Duration time) {
            by = by.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(by);
        }
    }

    @BeforeAll
    void theOperatorStarts() throws IOException {
        wall.namespace(Wall.SYSTEM, "");
        wall.namespace(LINKERD, "");
        wall.putUp("mesh");
        cluster.apply("examples/quickstart/00-platform.yaml");
        account = wall.operator();
        start();
    }

    private void start() {
        bulkhead = new Bulkhead(
                new Settings(
                        Wall.SYSTEM,
                        Optional.empty(),
                        Optional.of("bulkhead"),
                        Settings.DEFAULTS.resync(),
                        Settings.DEFAULTS.parallelism(),
                        Settings.DEFAULTS.operationHistory()),
                account,
                clock);
        bulkhead.start();
    }

    @AfterAll
    void theOperatorStops() {
        bulkhead.close();
        account.close();
    }

    @Test
    @Order(0)
    void aMeshFromNothingFindsBothThereBeforeItIsInstalled() {
        lookAgain();

        cluster.awaitTrue("targetcluster", "local", "MeshIdentity");

        var secret = issuer();
        assertThat(secret.getType()).isEqualTo("kubernetes.io/tls");
        assertThat(secret.getData()).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
        assertThat(Watches.text(secret, "tls.key")).startsWith("-----BEGIN EC PRIVATE KEY-----");
        assertThat(chain())
                .hasSize(1)
                .allSatisfy(it -> it.verify(anchors().getFirst().getPublicKey()));
        assertThat(this.<String>status("trustAnchor", "phase")).isEqualTo("Stable");
        assertThat(this.<String>status("issuer", "expires")).isNotBlank();
    }

    @Test
    @Order(1)
    void theAnchorIsRotatedAndNoPodIsRestartedForIt() {
        cluster.apply("src/test/resources/mesh-identity/control-plane.yaml");
        var first = anchors();
        pod("old-1", first);
        pod("old-2", first);

        aWriteIsRefusedAndSaidSo();
        cluster.eventually(() -> assertThat(chain()).as("with the bridge").hasSize(2));
        assertThat(anchors()).isEqualTo(first);
        cluster.eventually(
                () -> assertThat(this.<String>status("issuer", "phase")).isEqualTo("Converging"));

        identitySays("IssuerUpdated");
        lookAgain();
        cluster.eventually(
                () -> assertThat(this.<String>status("issuer", "phase")).isEqualTo("Draining"));
        restartTheOperator();
        assertThat(anchors()).as("while certificates of the issuer before live").isEqualTo(first);

        clock.pass(Duration.ofHours(25));
        lookAgain();
        cluster.eventually(() -> assertThat(anchors()).hasSize(1).isNotEqualTo(first));
        cluster.eventually(() -> assertThat(cluster.client()
                        .apps()
                        .deployments()
                        .inNamespace(LINKERD)
                        .withName("linkerd-proxy-injector")
                        .get()
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getAnnotations())
                .containsKey("bulkhead.dev/trust-anchor"));
        cluster.eventually(
                () -> assertThat(this.<List<String>>status("behind")).containsExactly("shop/old-1", "shop/old-2"));
        restartTheOperator();

        var second = anchors();
        clock.pass(Duration.ofHours(2));
        pod("old-1", second);
        pod("old-2", second);
        lookAgain();
        cluster.eventually(() -> assertThat(chain()).as("without the bridge").hasSize(1));
        awaitReason("Ready");
        assertThat(this.<String>status("trustAnchor", "version")).isEqualTo("2");
    }

    private void aWriteIsRefusedAndSaidSo() {
        cluster.delete("rolebinding", LINKERD, "bulkhead-mesh-identity");
        cluster.patch(
                "targetcluster",
                "local",
                "{\"metadata\":{\"annotations\":{\"bulkhead.dev/rotate-trust-anchor\":\"once\"}}}");
        awaitReason("RightsMissing");
        assertThat(chain()).hasSize(1);
        cluster.applyYaml("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: bulkhead-mesh-identity, namespace: linkerd}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: bulkhead-mesh-identity}
                subjects: [{kind: ServiceAccount, name: bulkhead, namespace: bulkhead-system}]
                """);
        // An API server hears of a binding some moments later.
        cluster.eventually(() -> assertThat(new Caller(account)
                        .get("/api/v1/namespaces/linkerd/events")
                        .code())
                .isEqualTo(200));
        lookAgain();
    }

    @Test
    @Order(2)
    void whatSomebodyElsePutsThereIsLeftAlone() {
        var stranger = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        cluster.client()
                .configMaps()
                .inNamespace(LINKERD)
                .withName("linkerd-identity-trust-roots")
                .edit(it -> {
                    it.setData(Map.of("ca-bundle.crt", stranger));
                    return it;
                });
        lookAgain();

        awaitReason("ForeignObject");
        assertThat(bundle()).isEqualTo(stranger);

        cluster.delete("configmap", LINKERD, "linkerd-identity-trust-roots");
        lookAgain();
        awaitReason("Ready");
        assertThat(anchors()).hasSize(1);
    }

    @Test
    @Order(3)
    void inNamespaceLinkerdThePolicyAloneHoldsItToTheseObjects() {
        wall.samplesIn(LINKERD);
        cluster.applyYaml("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: widened}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: ServiceAccount, name: bulkhead, namespace: bulkhead-system}]
                """);
        var operator = new Caller(account);
        cluster.eventually(
                () -> assertThat(operator.get("/api/v1/nodes").code()).isEqualTo(200));

        var got = new TreeMap<String, Answer>();
        for (var attempt : new Trespass(new Caller(cluster.client()), Wall.samples()).attempts(List.of(LINKERD))) {
            // A simulated node can't resize pods, which the API server says before it asks anybody. Our own kinds are
            // looked after in any namespace.
            if (attempt.place().equals(LINKERD)
                    && !attempt.what().equals("/pods/resize")
                    && !attempt.group().equals("bulkhead.dev")) {
                var answer = operator.ask(attempt.method(), attempt.path(), attempt.body(), attempt.type());
                if (!answer.isByPolicy()) {
                    got.put(attempt.toString(), answer);
                }
            }
        }
        assertThat(got).isEmpty();

        var deployment = "/apis/apps/v1/namespaces/linkerd/deployments/linkerd-identity?dryRun=All";
        for (var patch : List.of(
                "{\"spec\":{\"replicas\":0}}",
                "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}}}",
                "{\"spec\":{\"template\":{\"spec\":{\"serviceAccountName\":\"x\"}}}}",
                "{\"metadata\":{\"labels\":{\"bulkhead.dev/hub\":\"x\"}}}")) {
            assertThat(operator.ask("PATCH", deployment, patch, Caller.MERGE))
                    .as(patch)
                    .matches(Answer::isByPolicy);
        }
        for (var path : List.of(
                "/api/v1/namespaces/linkerd/secrets/linkerd-identity-issuer",
                "/api/v1/namespaces/linkerd/configmaps/linkerd-identity-trust-roots",
                "/apis/apps/v1/namespaces/linkerd/deployments/linkerd-identity")) {
            assertThat(operator.ask("DELETE", path + "?dryRun=All", "", Caller.JSON))
                    .as(path)
                    .matches(Answer::isByPolicy);
        }
    }

    /** It looks when there is something new to see, and seldom otherwise. */
    private void lookAgain() {
        cluster.patch(
                "targetcluster",
                "local",
                "{\"spec\":{\"meshIdentity\":{\"drain\":{\"atLeast\":\"%ds\"}}}}".formatted(looks++));
    }

    private void awaitReason(String reason) {
        cluster.eventually(() -> assertThat(cluster.conditions("targetcluster", "local"))
                .hasEntrySatisfying(
                        "MeshIdentity", it -> assertThat(it.reason()).isEqualTo(reason)));
    }

    private void restartTheOperator() {
        bulkhead.close();
        account.close();
        account = wall.operator();
        start();
    }

    private void identitySays(String reason) {
        cluster.applyYaml("""
                apiVersion: v1
                kind: Event
                metadata: {name: linkerd-identity.1, namespace: linkerd}
                involvedObject: {apiVersion: apps/v1, kind: Deployment, namespace: linkerd, name: linkerd-identity}
                reason: %s
                type: Normal
                lastTimestamp: "%s"
                """.formatted(reason, Instant.now().plusSeconds(5)));
    }

    /** As the injector makes it. */
    private void pod(String name, List<X509Certificate> anchors) {
        cluster.client().pods().inNamespace("shop").withName(name).delete();
        cluster.awaitGone("pod", "shop/" + name);
        var pem = new StringBuilder();
        anchors.forEach(it -> pem.append("            ")
                .append(pem(it).replace("\n", "\n            ").strip())
                .append('\n'));
        cluster.applyYaml("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: shop
                  labels: {linkerd.io/control-plane-ns: linkerd}
                spec:
                  containers:
                  - {name: app, image: registry.example.com/shop/app:1}
                  - name: linkerd-proxy
                    image: registry.example.com/linkerd/proxy:1
                    env:
                    - name: LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS
                      value: |
                %s
                """.formatted(name, pem));
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T status(String... path) {
        var whole = new Object[path.length + 2];
        whole[0] = "status";
        whole[1] = "meshIdentity";
        System.arraycopy(path, 0, whole, 2, path.length);
        return cluster.get("targetcluster", "local").get(whole);
    }

    private Secret issuer() {
        return cluster.client()
                .secrets()
                .inNamespace(LINKERD)
                .withName("linkerd-identity-issuer")
                .require();
    }

    private List<X509Certificate> chain() {
        return certificates(Watches.text(issuer(), "tls.crt"));
    }

    private List<X509Certificate> anchors() {
        return certificates(bundle());
    }

    private String bundle() {
        return cluster.client()
                .configMaps()
                .inNamespace(LINKERD)
                .withName("linkerd-identity-trust-roots")
                .require()
                .getData()
                .get("ca-bundle.crt");
    }

    private static List<X509Certificate> certificates(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
