package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.cluster.Right;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.Remote;
import dev.bulkhead.kube.SeenCondition;
import dev.bulkhead.kube.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A kubeconfig that wants more than to reach a cluster is refused, and said to be; nothing of it is used. */
@BulkheadTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeconfigIT {

    private static final String NAME = "vetted";
    private static final ObjectMapper YAML = new YAMLMapper();

    private final TestCluster hub;
    private final Remote target;
    private final Audit audit;
    private String good = "";

    @TempDir
    private static Path folder;

    /** How a good kubeconfig is spoiled, and what is said of it. */
    private record Attack(String name, String said, Consumer<ObjectNode> spoiling) {

        @Override
        public String toString() {
            return name;
        }
    }

    KubeconfigIT(
            TestCluster hub, OperatorInProcess operator, @Another(NAME) Remote target, @Another(NAME) Audit audit) {
        this.hub = hub;
        this.target = target;
        this.audit = audit;
        operator.start();
    }

    @BeforeAll
    void aTargetThatIsWell() {
        target.add(target.kubeconfig());
        hub.awaitReady("targetcluster", NAME);
        good = target.stored();
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                user("a command", "exec runs a command", it -> it.putObject("exec")
                        .put("apiVersion", "client.authentication.k8s.io/v1")
                        .put("command", "touch")
                        .putArray("args")
                        .add(folder.resolve("was-here").toString())),
                user("a plugin", "auth-provider needs a plugin", it -> it.putObject("auth-provider")
                        .put("name", "oidc")),
                user(
                        "a file of ours",
                        "tokenFile names a file",
                        it -> it.put("tokenFile", "/var/run/secrets/kubernetes.io/serviceaccount/token")),
                user("somebody else", "as makes the operator somebody else", it -> it.put("as", "admin")),
                cluster(
                        "a proxy",
                        "proxy-url would send it another way",
                        it -> it.put("proxy-url", "http://127.0.0.1:1")),
                cluster(
                        "no TLS to speak of",
                        "insecure-skip-tls-verify would trust whoever answers",
                        it -> it.put("insecure-skip-tls-verify", true)),
                cluster("a metadata service", "is link-local", it -> it.put("server", "https://169.254.169.254")),
                new Attack(
                        "another context",
                        "contexts must have exactly one element",
                        it -> ((ArrayNode) it.get("contexts")).addObject().put("name", "another")));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void anAttackIsRefusedAndNothingOfItIsUsed(Attack attack) {
        target.kubeconfig(spoiled(attack));

        var said = refusal(attack.said());

        assertThat(said.message()).contains("Secret bulkhead-system/" + NAME).doesNotContain(token());
        assertThat(folder.resolve("was-here")).doesNotExist();
        audit.awaitQuiet(Audit.OPERATOR, Duration.ofSeconds(1));
    }

    @Test
    void whatIsMendedIsTakenAgain() {
        anew();
        target.kubeconfig("nonsense: [");
        refusal("no plain YAML");

        target.kubeconfig(good);

        hub.awaitReady("targetcluster", NAME);
    }

    @Test
    void theStatusSaysWhatTheClusterOffers() {
        target.kubeconfig(good);
        hub.awaitReady("targetcluster", NAME);

        var capabilities = hub.get("targetcluster", NAME).<Map<String, Object>>get("status", "capabilities");
        assertThat(capabilities).doesNotContainKey("unknown").containsEntry("networkPolicyEngine", "Unknown");
        assertThat(capabilities.get("apis").toString()).contains("NetworkPolicy", "HorizontalPodAutoscaler");
        assertThat(hub.awaitTrue("targetcluster", NAME, "Capable").message())
                .isEqualTo("status.capabilities says what it offers");
    }

    @Test
    void anExpiredTokenIsSaidAndANewOneTaken() throws IOException, GeneralSecurityException {
        anew();
        target.kubeconfig(good.replace(token(), ExpiredToken.like(token(), target.kube())));

        hub.eventually(() -> assertThat(hub.conditions("targetcluster", NAME).get("Authorized"))
                .matches(it -> it.status().equals("False") && it.reason().equals("CredentialRefused"), "is refused")
                .extracting(SeenCondition::message)
                .asString()
                .contains("401", "bulkhead cluster add")
                .doesNotContain(token()));

        target.kubeconfig(good);
        hub.awaitReady("targetcluster", NAME);
    }

    @Test
    void aRoleThatMissesAVerbIsNamedAndHealsWhenItIsGranted() {
        anew();
        var roles = target.cluster().client().rbac().clusterRoles();
        var whole = roles.withName("bulkhead-operator").require();

        roles.resource(whole.edit()
                        .editMatchingRule(it -> it.getResources().contains("jobs"))
                        .removeFromVerbs("delete")
                        .endRule()
                        .editMetadata()
                        .withResourceVersion(null)
                        .endMetadata()
                        .build())
                .update();
        awaitLacking(true);
        target.kubeconfig(withAnotherToken());

        assertThat(hub.awaitCondition("targetcluster", NAME, "Stalled", "RightsMissing")
                        .message())
                .contains("delete cronjobs.batch; delete jobs.batch", "examples/target-cluster");
        assertThat(hub.conditions("targetcluster", NAME).get("Authorized").status())
                .isEqualTo("False");

        roles.resource(whole.edit()
                        .editMetadata()
                        .withResourceVersion(null)
                        .endMetadata()
                        .build())
                .update();
        awaitLacking(false);
        target.kubeconfig(good);
        hub.awaitReady("targetcluster", NAME);
    }

    @Test
    void whatStoodForAnotherClusterIsNotTakenForOurs() {
        hub.delete("targetcluster", NAME);
        hub.awaitGone("targetcluster", NAME);

        hub.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: TargetCluster
                metadata: {name: %s}
                spec: {local: {}}
                """.formatted(NAME));

        assertThat(hub.awaitCondition("targetcluster", NAME, "Stalled", "ClusterChanged")
                        .message())
                .contains("ReplaceCluster");
        anew();
        hub.awaitReady("targetcluster", NAME);
    }

    /** One that was never anything before says at once what it is. */
    private void anew() {
        hub.delete("targetcluster", NAME);
        hub.awaitGone("targetcluster", NAME);
        target.join(good);
    }

    /** An API server takes a moment until it goes by a role that is new. */
    private void awaitLacking(boolean something) {
        var needed = Right.of("batch", "jobs", "delete").toList();
        try (var account = target.kube().client("asked-for-the-account")) {
            account.getConfiguration().setImpersonateUsername("system:serviceaccount:bulkhead-system:bulkhead");
            hub.eventually(
                    () -> assertThat(Right.lacking(account, needed).isEmpty()).isEqualTo(!something));
        }
    }

    private String withAnotherToken() {
        var another = target.cluster()
                .client()
                .serviceAccounts()
                .inNamespace("bulkhead-system")
                .withName("bulkhead")
                .tokenRequest()
                .getStatus()
                .getToken();
        return good.replace(token(), another);
    }

    @AfterAll
    void leave() {
        target.leave();
    }

    private SeenCondition refusal(String words) {
        hub.eventually(() -> assertThat(hub.conditions("targetcluster", NAME).get("Stalled"))
                .isNotNull()
                .matches(it -> it.isTrue() && it.reason().equals("KubeconfigRefused"), "is refused")
                .extracting(SeenCondition::message)
                .asString()
                .contains(words));
        return hub.conditions("targetcluster", NAME).get("Stalled");
    }

    private String spoiled(Attack attack) {
        try {
            var tree = (ObjectNode) YAML.readTree(good);
            attack.spoiling().accept(tree);
            return YAML.writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token() {
        try {
            return YAML.readTree(good).at("/users/0/user/token").textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Attack user(String name, String said, Consumer<ObjectNode> spoiling) {
        return new Attack(name, said, it -> spoiling.accept((ObjectNode) it.at("/users/0/user")));
    }

    private static Attack cluster(String name, String said, Consumer<ObjectNode> spoiling) {
        return new Attack(name, said, it -> spoiling.accept((ObjectNode) it.at("/clusters/0/cluster")));
    }
}
