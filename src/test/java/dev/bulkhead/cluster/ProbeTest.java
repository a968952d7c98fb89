package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.cluster.kubeconfig.TestAuthority;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a look at a cluster comes to. On a real one: KubeconfigIT and TargetClusterIT. */
class ProbeTest {

    private static final String RULES = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
    private static final String ACCESS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final String EVERYTHING = rules(false, """
            {"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]}""");

    private final TestAuthority authority = new TestAuthority("target");
    private final FakeApiServer server = new FakeApiServer(authority, authority.serverAt("127.0.0.1"));
    private final TargetClients clients = new TargetClients("bulkhead/test");
    private final KubernetesClient client = clients.probing(server.kubeconfig(new Credential.Token("x")), () -> {});
    private final Probe probe = new Probe(client, Clock.systemUTC());

    @BeforeEach
    void aClusterThatIsWell() {
        server.answering("/version", 200, """
                        {"major": "1", "minor": "36", "gitVersion": "v1.36.3", "buildDate": "2026-01-01T00:00:00Z"}""")
                .answering("/api/v1/namespaces/kube-system", 200, """
                        {"metadata": {"name": "kube-system", "uid": "4f0c"}}""")
                .answering(RULES, 201, EVERYTHING)
                .answering(ACCESS, 201, "{\"status\": {\"allowed\": true}}")
                .answering(WHO, 201, who("system:serviceaccount:bulkhead-system:bulkhead"));
    }

    @AfterEach
    void close() {
        client.close();
        clients.close();
        server.close();
    }

    @Test
    void whoMayDoEverythingBindsNothing() {
        assertThat(probe.ask()).isInstanceOfSatisfying(ProbeResult.Healthy.class, it -> {
            assertThat(it.uid()).isEqualTo("4f0c");
            assertThat(it.lacking()).isEmpty();
            assertThat(it.account()).isEqualTo(OperatorAccount.NONE);
        });
        assertThat(asked(ACCESS)).as("no single right is asked for").isZero();
    }

    @Test
    void aServerThatCannotListWhatWeMayIsAskedForEachRight() {
        server.answering(RULES, 201, rules(true, ""));

        assertThat(probe.ask()).isInstanceOfSatisfying(ProbeResult.Healthy.class, it -> assertThat(it.lacking())
                .isEmpty());
        assertThat(asked(ACCESS)).isPositive();
    }

    @Test
    void aServerThatCannotListWhatWeMayStillRefuses() {
        server.answering(RULES, 201, rules(true, "")).answering(ACCESS, 201, "{\"status\": {\"allowed\": false}}");

        assertThat(probe.ask()).isInstanceOfSatisfying(ProbeResult.Failed.class, it -> {
            assertThat(it.reason()).isEqualTo(Reason.RightsMissing);
            assertThat(it.message()).contains("list, watch deployments.apps", "leases.coordination.k8s.io");
        });
    }

    @Test
    void whoMayNotReadSecretsAndIsNoServiceAccountIsTold() {
        server.answering(RULES, 201, rules(false, """
                        {"verbs": ["*"], "apiGroups": ["apps", "batch", "networking.k8s.io", "policy", "autoscaling",
                         "rbac.authorization.k8s.io", "discovery.k8s.io", "coordination.k8s.io"], "resources": ["*"]},
                        {"verbs": ["*"], "apiGroups": [""], "resources": ["namespaces", "serviceaccounts", "configmaps",
                         "resourcequotas", "limitranges", "services", "pods", "nodes", "persistentvolumeclaims"]}""")).answering(WHO, 201, who("jane"));

        assertThat(probe.ask()).isInstanceOfSatisfying(ProbeResult.Failed.class, it -> {
            assertThat(it.reason()).isEqualTo(Reason.RightsMissing);
            assertThat(it.message()).contains("list, watch secrets");
        });
    }

    private long asked(String path) {
        return server.received().stream().filter(it -> it.path().equals(path)).count();
    }

    private static String rules(boolean incomplete, String rules) {
        return """
                {"status": {"incomplete": %s, "nonResourceRules": [], "resourceRules": [%s]}}""".formatted(incomplete, rules);
    }

    private static String who(String name) {
        return """
                {"status": {"userInfo": {"username": "%s"}}}""".formatted(name);
    }
}
