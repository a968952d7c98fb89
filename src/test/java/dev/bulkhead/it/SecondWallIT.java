package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cluster.OperatorAccount;
import dev.bulkhead.it.Caller.Answer;
import dev.bulkhead.it.Trespass.Attempt;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.runtime.Bulkhead;
import dev.bulkhead.runtime.Settings;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.vault.Vault;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The operator's ServiceAccount with the rights and the policies of the chart: it can do its work, and when it turns
 * malicious nothing else, even where RBAC would let it. On a cluster of its own, which it may wreck.
 */
@BulkheadTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecondWallIT {

    private static final String OPERATOR = "bulkhead";
    private static final String OURS = "shop-staging-web";
    private static final String VAULT = "bulkhead-vault-shop";

    /** As restricted as one can be. */
    private static final String POD = """
            {"metadata":{"name":"x"},"spec":{"securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},
             "containers":[{"name":"a","image":"a",
             "securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}]}}""";

    private static final List<String> PLACES =
            List.of("kube-system", "default", "theirs", "of-another-hub", OURS, VAULT, Wall.SYSTEM);

    /** The API server shows these to no policy, so that one can't lock itself in. Only RBAC guards them. */
    private static final Set<String> BEYOND_POLICIES = Set.of("admissionregistration.k8s.io");

    private final TestCluster cluster;
    private final Wall wall;
    private Caller admin;
    private KubernetesClient account;
    private Caller operator;
    private String hub;

    SecondWallIT(@Another("wall") TestCluster cluster) {
        this.cluster = cluster;
        this.wall = new Wall(cluster);
    }

    @BeforeAll
    void theOperatorDoesItsWork() throws IOException {
        admin = new Caller(cluster.client());
        wall.namespace(Wall.SYSTEM, "");
        wall.putUp();
        account = wall.operator();
        operator = new Caller(account);
        cluster.apply("examples/quickstart/00-platform.yaml");
        cluster.applyYaml("""
                apiVersion: v1
                kind: Secret
                metadata: {name: db, namespace: shop}
                stringData: {password: canary}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec:
                  namespaces: [{name: web}, {name: data}]
                  mesh: {provider: None}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: staging, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  entries: [{name: db, type: Static, from: {secretRef: {name: db, key: password}}}]
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: report, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  targetNamespace: web
                  type: CronJob
                  schedule: "0 0 1 1 *"
                  image: registry.example.com/shop/report:1
                  env: [{name: PASSWORD, secretRef: {entry: db}}]
                """);
        var settings = new Settings(
                Wall.SYSTEM,
                Optional.empty(),
                Optional.of(OPERATOR),
                Settings.DEFAULTS.resync(),
                Settings.DEFAULTS.parallelism(),
                Settings.DEFAULTS.operationHistory());
        try (var bulkhead = new Bulkhead(settings, account, Clock.systemUTC())) {
            bulkhead.start();
            cluster.awaitReady("shop/staging");
            cluster.await("rolebinding", OURS, "bulkhead-operator-namespaced");
            cluster.delete("secret", OURS, "db");
            cluster.await("secret", OURS, "db");
            hub = cluster.get("namespace", OURS).getMetadata().getLabels().get("bulkhead.dev/hub");
        }
        itKeepsVersions();
        wall.namespace("theirs", "");
        wall.namespace("of-another-hub", "bulkhead.dev/hub: another");
        PLACES.forEach(wall::samplesIn);
        wall.samplesOfTheCluster();
    }

    /** It makes the vault, lets itself in, and does there all that it ever does. */
    private void itKeepsVersions() {
        var staging = new EnvironmentId("shop", "staging");
        var vault = new Vault(account, hub, new OperatorAccount(Wall.SYSTEM, OPERATOR));
        assertThat(vault.open(staging).of("db")).as("what it did at its work").containsOnlyKeys(1);
        vault.put(staging, "api", 1, "aaaaaaaa", "", SecondWallIT::version);
        vault.put(staging, "api", 2, "bbbbbbbb", "", SecondWallIT::version);
        vault.store(vault.open(staging).journal().withRestarts(new TreeMap<>(Map.of("web/report", "1"))));
        vault.discard(staging, "api", 1);

        var afterARestart = new Vault(account, hub, new OperatorAccount(Wall.SYSTEM, OPERATOR));
        assertThat(afterARestart.open(staging).journal().restarts()).containsKey("web/report");
        assertThat(afterARestart.open(staging).of("api")).containsOnlyKeys(2);
        assertThat(afterARestart.read(staging, "api", 2)).containsOnlyKeys("value");
    }

    private static Minted version() {
        return new Minted(Map.of("value", "canary".getBytes(StandardCharsets.UTF_8)), null, null, 0);
    }

    @AfterAll
    void close() {
        account.close();
    }

    @Test
    @Order(0)
    void itReadsSecretsInItsOwnNamespacesAndInHubNamespacesOnly() {
        assertThat(cluster.find("rolebinding", "shop-staging-data/bulkhead-operator-namespaced"))
                .as("in a namespace where no Secret is published")
                .isEmpty();
        assertThat(operator.ask("POST", "/api/v1/namespaces/theirs/secrets", secret("Opaque"), Caller.JSON))
                .matches(Answer::isByRbac);
    }

    @Test
    @Order(0)
    void ofWhatOthersDeliverItWritesOneAnnotationIfTheOwnerSaysSo() {
        var delivered = new DeliveredByOthers(cluster, operator);
        delivered.into(OURS, "opted-in", "bulkhead.dev/restart-with: db");
        delivered.into(OURS, "not-asked", "other: db");
        delivered.into("theirs", "elsewhere", "bulkhead.dev/restart-with: db");

        assertThat(delivered.changed(OURS, "opted-in", DeliveredByOthers.WORD).code())
                .isEqualTo(200);
        assertThat(delivered.changed(OURS, "not-asked", DeliveredByOthers.WORD)).matches(Answer::isByPolicy);
        assertThat(delivered.changed("theirs", "elsewhere", DeliveredByOthers.WORD))
                .matches(Answer::isByPolicy);
        assertThat(delivered.changed(OURS, "not-asked", DeliveredByOthers.OPT_IN))
                .as("it lets itself in")
                .matches(Answer::isByPolicy);
        assertThat(DeliveredByOthers.FORBIDDEN)
                .allSatisfy(patch -> assertThat(delivered.changed(OURS, "opted-in", patch))
                        .as(patch)
                        .matches(Answer::isByPolicy));
        assertThat(delivered.deleted(OURS, "opted-in")).matches(Answer::isByPolicy);
    }

    @Test
    @Order(0)
    void inAVaultItBindsNobodyAndChangesNoVersion() {
        var secrets = "/api/v1/namespaces/" + VAULT + "/secrets";
        var labels = "\"labels\":{\"bulkhead.dev/hub\":\"%s\"}".formatted(hub);
        var version = cluster.list("secret", VAULT).getFirst().getMetadata().getName();

        assertThat(operator.ask(
                        "PATCH",
                        secrets + "/" + version,
                        "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}",
                        Caller.MERGE))
                .matches(Answer::isByPolicy);
        assertThat(operator.ask("POST", secrets, "{\"metadata\":{\"name\":\"x\",%s}}".formatted(labels), Caller.JSON))
                .as("that could be changed later")
                .matches(Answer::isByPolicy);
        assertThat(operator.ask(
                        "POST",
                        "/apis/rbac.authorization.k8s.io/v1/namespaces/" + VAULT + "/rolebindings",
                        """
                        {"metadata":{"name":"x",%s},
                         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"bulkhead-viewer"},
                         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"team-shop"}]}
                        """.formatted(labels),
                        Caller.JSON))
                .matches(Answer::isByPolicy);
    }

    @Test
    @Order(0)
    void aVaultIsTheOperatorsAlone() {
        var vault = "/api/v1/namespaces/" + VAULT;
        var version = vault + "/secrets/"
                + cluster.list("secret", VAULT).getFirst().getMetadata().getName();
        cluster.applyYaml("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: platform}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: platform}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: developers, namespace: shop}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: team-shop}]
                """);
        try (var team = wall.user("eve", "team-shop", "system:authenticated");
                var platform = wall.user("ada", "platform", "system:authenticated")) {
            var developer = new Caller(team);
            var person = new Caller(platform);

            assertThat(developer.get("/api/v1/namespaces/shop/secrets").code()).isEqualTo(200);
            for (var path : List.of(vault + "/secrets", version, vault + "/configmaps")) {
                assertThat(developer.get(path)).as(path).matches(Answer::isByRbac);
            }
            for (var what : List.of(
                    "POST " + vault + "/pods " + POD,
                    "POST " + vault + "/secrets {\"metadata\":{\"name\":\"x\"}}",
                    "POST " + vault + "/serviceaccounts/default/token {}",
                    "POST /apis/rbac.authorization.k8s.io/v1/namespaces/" + VAULT
                            + "/rolebindings {\"metadata\":{\"name\":\"x\"},\"roleRef\":{\"apiGroup\":"
                            + "\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"view\"}}",
                    "DELETE " + version + " ",
                    "DELETE " + vault + "/secrets ",
                    "DELETE " + vault + " ")) {
                var words = what.split(" ", 3);
                assertThat(person.ask(words[0], words[1] + "?dryRun=All", words[2], Caller.JSON))
                        .as(what)
                        .matches(Answer::isByPolicy);
            }
            assertThat(person.ask(
                            "PATCH",
                            vault + "?dryRun=All",
                            "{\"metadata\":{\"labels\":{\"bulkhead.dev/vault\":null}}}",
                            Caller.MERGE))
                    .matches(Answer::isByPolicy);
        }
        assertThat(cluster.find("serviceaccount", VAULT + "/default"))
                .as("what the cluster puts everywhere")
                .isPresent();
    }

    @Test
    @Order(0)
    void thePoliciesAreUnderstoodWithoutAWarning() {
        assertThat(cluster.list("validatingadmissionpolicy", ""))
                .hasSize(5)
                .allSatisfy(policy -> cluster.eventually(() -> {
                    var now = cluster.get(
                            "validatingadmissionpolicy", policy.getMetadata().getName());
                    assertThat(now.<Map<String, Object>>get("status", "typeChecking"))
                            .isNotNull()
                            .isEmpty();
                }));
    }

    @Test
    @Order(1)
    void withItsOwnRightsItIsRefusedEverythingElse() {
        var got = tried(attempt -> true, answer -> answer.isByRbac() || answer.isByPolicy());

        assertThat(got).as("what it got done, or was stopped by something else").isEmpty();
    }

    @Test
    @Order(2)
    void withTheRightsOfAnAdministratorThePolicyAloneHoldsIt() {
        cluster.applyYaml("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: widened}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: ServiceAccount, name: bulkhead, namespace: bulkhead-system}]
                """);
        cluster.eventually(
                () -> assertThat(operator.get("/api/v1/nodes").code()).isEqualTo(200));

        var got = tried(attempt -> !BEYOND_POLICIES.contains(attempt.group()), answer -> answer.isByPolicy());

        assertThat(got).as("what it got done, or was stopped by something else").isEmpty();
    }

    /** @return what was not refused as it should have been */
    private Map<String, Answer> tried(Predicate<Attempt> wanted, Predicate<Answer> refused) {
        var attempts = new Trespass(admin, Wall.samples())
                .attempts(PLACES).stream()
                        .filter(wanted)
                        .filter(it -> !isItsWork(it))
                        .toList();
        assertThat(attempts.stream().map(Attempt::what).distinct()).hasSizeGreaterThan(100);
        System.err.printf(
                "[wall] %d attempts on %d resources%n",
                attempts.size(), attempts.stream().map(Attempt::what).distinct().count());
        var got = new ConcurrentHashMap<String, Answer>();
        var atOnce = new Semaphore(8);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            attempts.forEach(attempt -> threads.submit(() -> {
                atOnce.acquireUninterruptibly();
                try {
                    var answer = answer(attempt);
                    if (!refused.test(answer)) {
                        got.put(attempt.toString(), answer);
                    }
                } catch (RuntimeException e) {
                    got.put(attempt.toString(), new Answer(0, e.toString()));
                } finally {
                    atOnce.release();
                }
            }));
        }
        return got;
    }

    /** Controllers write as well: who comes too late with an update reads again, as they do. */
    private Answer answer(Attempt attempt) {
        var answer = operator.ask(attempt.method(), attempt.path(), attempt.body(), attempt.type());
        for (var again = 0;
                again < 5 && answer.code() == 409 && attempt.method().equals("PUT");
                again++) {
            var now = admin.get(attempt.path())
                    .tree()
                    .at("/metadata/resourceVersion")
                    .asText();
            var body =
                    attempt.body().replaceAll("\"resourceVersion\":\"[0-9]+\"", "\"resourceVersion\":\"" + now + "\"");
            answer = operator.ask("PUT", attempt.path(), body, attempt.type());
        }
        return answer;
    }

    /** What the fence lets through on purpose: its notes in its own namespace, and status and metadata of our kinds. */
    private static boolean isItsWork(Attempt attempt) {
        var ours = attempt.group().equals("bulkhead.dev");
        return attempt.place().equals(Wall.SYSTEM)
                        && Set.of("/configmaps", "/secrets", "coordination.k8s.io/leases")
                                .contains(attempt.what())
                || ours && attempt.what().endsWith("/status")
                || ours
                        && Set.of("update", "patch").contains(attempt.verb())
                        && !attempt.place().isEmpty();
    }

    private static String secret(String type) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"type\":\"%s\",\"metadata\":{\"name\":\"x\"}}"
                .formatted(type);
    }
}
