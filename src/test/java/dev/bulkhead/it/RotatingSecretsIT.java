package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of secrets that rotate: whoever asks, shakes hands or logs in meanwhile is never refused. */
@BulkheadTest(needs = NodeKind.REAL, databases = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotatingSecretsIT {

    private static final String HUB = "demo-bank";
    private static final String ENVIRONMENT = HUB + "/staging";
    private static final String MAIN = HUB + "-staging-main";
    private static final List<String> SCOPES = List.of("staging", "staging-orders");
    private static final List<String> KINDS = List.of("secretscope", "workload", "environment");

    /** How often everything is rotated; more of it measures, and proves nothing else. */
    private static final int TURNS = Integer.getInteger("rotations", 1);

    private final TestCluster cluster;
    private final OperatorUnderTest operator;
    private final ObjectMapper json = new ObjectMapper();

    /** What a load has seen. */
    record Count(String name, int ok, int failed, String last) {}

    RotatingSecretsIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
        this.operator = operator;
    }

    @BeforeAll
    void theExampleUnderLoad() {
        operator.start();
        apply("examples/rotating-secrets");
        apply("examples/rotating-secrets/mysql");
        SCOPES.forEach(scope ->
                cluster.patch("secretscope", HUB + "/" + scope, "{\"spec\":{\"drain\":{\"atLeast\":\"1s\"}}}"));
        KINDS.forEach(kind -> cluster.list(kind, HUB)
                .forEach(object -> cluster.awaitReady(
                        kind, HUB + "/" + object.getMetadata().getName())));
        cluster.eventually(() -> assertThat(tally()).containsOnlyKeys("mysql", "sql", "tls", "token"));
    }

    @Test
    void nobodyIsRefusedWhileEverythingRotates() {
        var entries = List.of("api-tls", "api-token", "bank-ca", "db-login", "orders-login");
        for (var turn = 1; turn <= TURNS; turn++) {
            var before = versions();
            var asked = tally();

            operation("Rotate", entries);

            cluster.eventually(() -> assertThat(versions()).allSatisfy((entry, version) -> {
                if (entries.contains(entry)) {
                    assertThat(version).isGreaterThan(before.get(entry));
                } else {
                    assertThat(version).isEqualTo(before.get(entry));
                }
            }));
            cluster.eventually(() -> assertThat(phases().values()).containsOnly("Stable"));
            cluster.eventually(() -> assertThat(tally()).allSatisfy((load, seen) -> assertThat(seen.ok())
                    .isGreaterThan(asked.get(load).ok())));
            assertNobodyFailed();
            assertThat(mayLogIn()).containsExactly(published("db-login", "username"));
        }
        System.out.printf("RotatingSecretsIT: %d turns, and what was seen meanwhile: %s%n", TURNS, tally());
    }

    @Test
    void aPasswordThatDoesNotPassIsNeverPublished() {
        var user = published("db-login", "username");
        verifyWith("SELECT 1/0");

        operation("Rotate", List.of("db-login"));

        cluster.eventually(() -> assertThat(entries()).anySatisfy(entry -> assertThat(entry)
                .containsEntry("name", "db-login")
                .containsEntry("phase", "Failed")
                .hasEntrySatisfying(
                        "message", it -> assertThat(hooksLog(it.toString())).contains("division by zero"))));
        assertThat(published("db-login", "username")).isEqualTo(user);
        verifyWith("SELECT count(*) FROM accounts");
        operation("Retry", List.of("db-login"));
        cluster.eventually(() -> assertThat(published("db-login", "username")).isNotEqualTo(user));
        cluster.eventually(() -> assertThat(phases().values()).containsOnly("Stable"));
        assertNobodyFailed();
    }

    /** As after a crash: what was done already is done again, and changes nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            db     | db-users     | export PGHOST=127.0.0.1 PGDATABASE=bank PGUSER=owner PGPASSWORD="$OWNER_PASSWORD"
            orders | orders-users | export MYSQL_HOST=127.0.0.1 CLIENT=mariadb OWNER=owner DATABASE=orders
            """)
    void eachStepOfAHookMayRunAgain(String database, String hook, String connection) {
        var files = cluster.get("configmap", MAIN + "/" + hook + ".hook").<Map<String, String>>get("data");
        var script = new StringBuilder("set -u; mkdir -p /tmp/hook /tmp/values/pending /tmp/values/retiring; ")
                .append("mkdir -p /tmp/values/current; cd /tmp/hook\n")
                .append(connection)
                .append('\n');
        files.forEach((name, text) -> script.append("cat >%s <<'END'\n%s\nEND\n"
                .formatted(
                        name, text.replace("/var/run/bulkhead", "/tmp/values").replace("/etc/hook", "/tmp/hook"))));
        script.append("""
                values() { printf %s "$2" >/tmp/values/$1/username; printf %s "$3" >/tmp/values/$1/value; }
                step() { BULKHEAD_STEP=$1 sh users.sh >/tmp/said 2>&1; echo "$1 $?"; }
                values pending it_a "it's \\\\ \\"one\\""; values current nobody none; values retiring it_a none
                step verify; step install; step install; step verify
                step revoke; step revoke; step verify
                values current it_a none; values pending it_a two; step install; step verify; step revoke; step verify
                """);

        var said = cluster.kubectl("exec", "-n", MAIN, database + "-0", "--", "/bin/sh", "-c", script.toString());

        assertThat(said.output().lines().map(it -> it.replaceFirst(" [1-9][0-9]*$", " refused")))
                .as("%s", said)
                .containsExactly(
                        "verify refused",
                        "install 0",
                        "install 0",
                        "verify 0",
                        "revoke 0",
                        "revoke 0",
                        "verify refused",
                        "install 0",
                        "verify 0",
                        "revoke 0",
                        "verify 0");
    }

    private void apply(String folder) {
        var applied =
                cluster.kubectl("apply", "-f", Path.of(folder).toAbsolutePath().toString());
        assertThat(applied.code()).as("%s", applied).isZero();
    }

    private void operation(String action, List<String> entries) {
        cluster.client().resource("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {generateName: it-, namespace: %s}
                spec: {action: %s, environmentRef: {name: staging}, secrets: {entries: %s}}
                """.formatted(HUB, action, entries)).create();
    }

    /** By the command that the message shows. */
    private String hooksLog(String message) {
        var command = Pattern.compile("kubectl (logs -n \\S+ \\S+)").matcher(message);
        assertThat(command.find()).as(message).isTrue();
        return cluster.kubectl(command.group(1).split(" ")).output();
    }

    private void verifyWith(String sql) {
        var workload = HUB + "/staging-db-users";
        List<Map<String, Object>> variables = cluster.get("workload", workload).get("spec", "env");
        variables.stream().filter(it -> "VERIFY".equals(it.get("name"))).forEach(it -> it.put("value", sql));
        cluster.patch("workload", workload, text(Map.of("spec", Map.of("env", variables))));
        cluster.awaitReady("workload", workload);
    }

    private Map<String, Count> tally() {
        var pod = cluster.client()
                .pods()
                .inNamespace(MAIN)
                .withLabel("bulkhead.dev/workload", "tally")
                .list()
                .getItems()
                .getFirst()
                .getMetadata()
                .getName();
        try {
            return json.readValue(
                    cluster.client().raw("/api/v1/namespaces/%s/pods/%s:8080/proxy/tally".formatted(MAIN, pod)),
                    json.getTypeFactory().constructMapType(TreeMap.class, String.class, Count.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertNobodyFailed() {
        assertThat(tally().values())
                .allSatisfy(seen -> assertThat(seen.failed()).as("%s", seen).isZero());
    }

    private List<Map<String, Object>> entries() {
        return SCOPES.stream()
                .flatMap(scope -> new Scope(cluster, new TestNamespace(HUB), scope).entries().stream())
                .toList();
    }

    private Map<String, Integer> versions() {
        var versions = new TreeMap<String, Integer>();
        entries()
                .forEach(entry -> versions.put(
                        entry.get("name").toString(),
                        Integer.valueOf(entry.get("version").toString())));
        return versions;
    }

    private Map<String, String> phases() {
        var phases = new TreeMap<String, String>();
        entries()
                .forEach(entry -> phases.put(
                        entry.get("name").toString(), entry.get("phase").toString()));
        return phases;
    }

    private String published(String entry, String key) {
        return cluster.text(MAIN + "/" + entry, key);
    }

    /** Of the two that take turns. */
    private TreeSet<String> mayLogIn() {
        var said = cluster.kubectl(
                "exec",
                "-n",
                MAIN,
                "db-0",
                "--",
                "/bin/sh",
                "-c",
                "PGPASSWORD=$OWNER_PASSWORD psql -XAt -h /tmp -U owner -d bank -c"
                        + " \"SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname LIKE 'clerk%'\"");
        assertThat(said.code()).as("%s", said).isZero();
        return new TreeSet<>(said.output().lines().toList());
    }

    private String text(Object content) {
        try {
            return json.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void leaveNothing() {
        cluster.patch("environment", ENVIRONMENT, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
        cluster.delete("environment", ENVIRONMENT);
        cluster.awaitGone("environment", ENVIRONMENT);
        Stream.of(MAIN, HUB)
                .filter(namespace -> cluster.find("namespace", namespace).isPresent())
                .forEach(namespace -> cluster.delete("namespace", namespace));
        cluster.awaitGone("namespace", HUB);
        cluster.delete("environmentclass", HUB);
    }
}
