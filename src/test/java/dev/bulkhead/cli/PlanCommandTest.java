package dev.bulkhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCommandTest {

    static final String PLATFORM = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: TargetCluster
            metadata: {name: local}
            spec: {local: {}}
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: EnvironmentClass
            metadata: {name: standard, annotations: {bulkhead.dev/is-default-class: "true"}}
            spec: {hubNamespaces: {}, clusters: [local], defaultCluster: local, registries: [registry.example.com]}
            """;

    static final String ENVIRONMENT = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec: {namespaces: [{name: web}]}
            """;

    static final String API = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Workload
            metadata:
              name: api
              namespace: shop
            spec:
              environmentRef: {name: staging}
              targetNamespace: web
              image: registry.example.com/shop/api:1
              replicas: 2
              ports: [{name: http, port: 80, targetPort: 8080}]
              env:
              - {name: LOG_LEVEL, value: info}
            """;

    private static final String CANARY = "tr0ub4dor-and-3";

    private final Terminal terminal = new Terminal();

    @TempDir
    private Path folder;

    @Test
    void whatNeedsAMeshIsRefusedWhereThereIsNoneAndNotWeakened() {
        write("plain.yaml", """
                kind: Capabilities
                version: v1.36.3
                offers: {apis: [{apiVersion: v1, kinds: [Namespace]}]}
                """);
        var plain = folder.resolve("plain.yaml").toString();

        assertThat(terminal.run("plan", "-f", "examples/meshed-network", "--capabilities", plain))
                .isEqualTo(2);
        assertThat(terminal.seen())
                .contains(
                        "spec.allow[0].transport: MutualTLS is asked for, and the cluster has no Linkerd",
                        "spec.traffic: the proxies of Linkerd carry this out, and the cluster has none")
                .doesNotContain("orders.from.reports");
    }

    @Test
    void whatTheFilesAskForIsShownByNamespace() {
        write("all.yaml", PLATFORM, ENVIRONMENT, API);

        assertThat(plan()).isZero();
        assertThat(terminal.out())
                .startsWith("Environment shop/staging on cluster local: ")
                .contains(
                        "\n  shop-staging-web\n", "Deployment           api\n", "deny-all: nobody talks to anybody\n");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void filesFromSeveralPlacesAreOneHub() {
        write("all.yaml", ENVIRONMENT, API);
        var platform = folder.resolveSibling(folder.getFileName() + "-platform.yaml");
        write(platform, PLATFORM);

        assertThat(plan("-f", platform.toString())).isZero();
        assertThat(terminal.out()).contains("Deployment");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what is written          | instead of       | line | what is said
            imagee: x                  | replicas: 2      | 10   | spec has no field imagee. It has: apiToken, args
            replicas: many             | replicas: 2      | 10   | spec.replicas is of type string, and must be integer
            replicas: -1               | replicas: 2      | 10   | spec.replicas must have a minimum value of 0
            type: Stateles             | replicas: 2      | 10   | spec.type is Stateles, and may be: CronJob, Hook, Job, Stateful, Stateless
            calls:                     | replicas: 2      | 10   | spec.calls is empty, and must be of type array
            name: UPPER                | replicas: 2      | 10   | spec.name does not match
            replicaz: 2                | replicas: 2      | 10   | spec has no field replicaz
            replicas: 2\\n  replicas: 3 | replicas: 2      | 11   | Field replicas is there twice
            - {name: LEVEL, value: yes} | - {name: LOG_LEVEL, value: info} | 13 | spec.env[0].value is of type boolean, and must be string: write it in quotes
            - {name: LEVEL, valeu: a}  | - {name: LOG_LEVEL, value: info} | 13 | spec.env[0] has no field valeu
            kind: Wrokload             | kind: Workload   | 2    | bulkhead.dev has no kind Wrokload
            kind: Workload2\\nkind: x   | kind: Workload   | 3    | Field kind is there twice
            apiVersion: bulkhead.dev/v2 | apiVersion: bulkhead.dev/v1alpha1 | 1 | apiVersion is bulkhead.dev/v2, and must be bulkhead.dev/v1alpha1
            name: [                    | name: api        | 6    | This isn't YAML
            <<: {a: b}                 | name: api        | 4    | Merge keys
            nam: api                   | name: api        | 3    | metadata lacks field name
            """)
    void aMistakeIsShownWhereItIs(String written, String instead, int line, String said) {
        write("api.yaml", API.replaceFirst(Pattern.quote(instead), written.replace("\\n", "\n")));

        assertThat(plan()).isEqualTo(2);
        assertThat(terminal.err()).contains("api.yaml:%d: ".formatted(line)).contains(said);
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void whatTheClassForbidsIsShownAtItsFieldAndTheRestIsPlanned() {
        write("all.yaml", PLATFORM, ENVIRONMENT, API);
        write(
                "worker.yaml",
                API.replace("name: api", "name: worker").replace("registry.example.com", "elsewhere.example.com"));

        assertThat(plan()).isEqualTo(2);
        assertThat(terminal.err()).contains("worker.yaml:9: Workload shop/worker refused: spec.image");
        assertThat(terminal.out()).contains("Deployment           api\n").doesNotContain("worker");
    }

    @Test
    void anEnvironmentThatItsClassRefusesIsInNoPlan() {
        write("all.yaml", PLATFORM, ENVIRONMENT.replace("spec: {", "spec: {clusterRef: {name: other}, "), API);

        assertThat(plan()).isEqualTo(2);
        assertThat(terminal.err()).contains("Environment shop/staging refused: TargetCluster other isn't there");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void whatIsStillToComeIsSaidAndRefusesNothing() {
        write("all.yaml", PLATFORM, ENVIRONMENT, API + "  calls: [{workload: db, port: sql}]\n");

        assertThat(plan()).isZero();
        assertThat(terminal.err()).contains("all.yaml:", "Workload shop/api waits: ", "db");
    }

    @Test
    void whatBelongsToAnEnvironmentOfOtherFilesIsSaid() {
        write("api.yaml", API);

        assertThat(plan()).isZero();
        assertThat(terminal.err())
                .contains("api.yaml:7: Workload shop/api waits")
                .contains("Environment shop/staging isn't in the files");
    }

    @Test
    void aResourceThatNamesNoNamespaceIsPutWhereItIsSaid() {
        write(
                "all.yaml",
                PLATFORM,
                ENVIRONMENT.replace(", namespace: shop", ""),
                API.replace("  namespace: shop\n", ""));

        assertThat(plan("-n", "store")).isZero();
        assertThat(terminal.out()).startsWith("Environment store/staging");
    }

    @Test
    void aResourceThatIsThereTwiceIsShownInBothPlaces() {
        write("a.yaml", API);
        write("b.yaml", ENVIRONMENT, API);

        assertThat(plan()).isEqualTo(2);
        assertThat(terminal.err())
                .contains("b.yaml:6: Workload shop/api is there already, at ")
                .contains("a.yaml:1\n");
    }

    @Test
    void aFolderThatKustomizeBuildsIsLeftToIt() {
        write("all.yaml", PLATFORM);
        write("kustomization.yaml", "resources: [all.yaml]");

        assertThat(plan()).isEqualTo(2);
        assertThat(terminal.err()).contains("kustomize build " + folder);
    }

    @Test
    void whatIsListedIsReadOneByOne() {
        write(
                "list.yaml",
                "apiVersion: v1\nkind: List\nitems:\n- "
                        + API.replace("\n", "\n  ")
                                .replace("replicas: 2", "replicas: many")
                                .strip() + "\n");

        assertThat(plan()).isEqualTo(2);
        assertThat(terminal.err()).contains("list.yaml:13: spec.replicas is of type string");
    }

    @Test
    void aliasesThatNeverEndAreRefused() {
        write("loop.yaml", "a: &a\n  b: *a\n");

        assertThat(plan()).isEqualTo(2);
        assertThat(terminal.err()).contains("nested too deeply").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!int several", "!!float .-"})
    void aNumberThatIsNoneIsRefusedAtItsLine(String value) {
        write("api.yaml", API.replace("replicas: 2", "replicas: " + value));

        assertThat(plan()).isEqualTo(2);
        assertThat(terminal.err()).contains("api.yaml:10: This is marked as a number, and is none");
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws IOException {
        write("api.yaml", API);
        Files.write(folder.resolve("picture.yaml"), new byte[] {(byte) 0xff, (byte) 0xd8});

        assertThat(plan()).isEqualTo(2);
        assertThat(terminal.err()).contains(folder.resolve("picture.yaml") + " is no text in UTF-8");
    }

    @Test
    void thatNothingIsPlannedIsSaid() {
        write("platform.yaml", PLATFORM);

        assertThat(plan()).isZero();
        assertThat(terminal.seen()).isEqualTo("the files: no Environment is among them, so nothing is planned\n");
    }

    @Test
    void aPathThatLeadsNowhereIsOneLine() {
        assertThat(terminal.run("plan", "-f", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(terminal.err().lines()).singleElement().asString().contains("none isn't there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "yaml", "markdown"})
    void theValueOfASecretIsShownNowhere(String output) {
        write("all.yaml", PLATFORM, ENVIRONMENT, scope("stripe", "token"), using("stripe"), secret("token", CANARY));

        assertThat(plan("-o", output)).isZero();
        assertThat(terminal.seen()).contains("stripe").doesNotContain(CANARY, encoded(CANARY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: [CANARY]",
                "data: {token: {CANARY: 1}}",
                "stringData: {token: [CANARY]}",
                "data: CANARY",
                "data: {token: \"CANARY"
            })
    void aFaultySecretIsNotQuoted(String data) {
        write(
                "secret.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: stripe, namespace: shop}\n"
                        + data.replace("CANARY", CANARY));

        assertThat(plan()).isEqualTo(2);
        assertThat(terminal.seen()).contains("secret.yaml:").doesNotContain(CANARY);
    }

    @Test
    void aSecretThatIsNotInTheFilesIsTakenToBeThereAndThatIsSaid() {
        write("all.yaml", PLATFORM, ENVIRONMENT, scope("stripe", "token"), using("stripe"));

        assertThat(plan()).isZero();
        assertThat(terminal.out()).contains("Secret               stripe");
        assertThat(terminal.err()).contains("SecretScope shop/secrets note: Secret stripe isn't in the files");
    }

    @Test
    void ofASecretThatIsInTheFilesAKeyThatIsMissingIsMissing() {
        write("all.yaml", PLATFORM, ENVIRONMENT, scope("stripe", "other"), using("stripe"), secret("token", CANARY));

        assertThat(plan()).isZero();
        assertThat(terminal.err()).contains("SecretScope shop/secrets waits").doesNotContain(CANARY);
    }

    static String scope(String secret, String key) {
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: secrets, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  entries: [{name: %s, type: Static, from: {secretRef: {name: %s, key: %s}}}]
                """.formatted(secret, secret, key);
    }

    static String using(String entry) {
        return API + "  - {name: TOKEN, secretRef: {entry: %s}}\n".formatted(entry);
    }

    static String secret(String key, String value) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: stripe, namespace: shop}
                stringData: {%s: %s}
                """.formatted(key, value);
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private int plan(String... more) {
        var words = new ArrayList<>(List.of("plan", "-f", folder.toString()));
        words.addAll(List.of(more));
        return terminal.run(words.toArray(String[]::new));
    }

    private void write(String file, String... documents) {
        write(folder.resolve(file), documents);
    }

    private static void write(Path file, String... documents) {
        try {
            Files.writeString(file, String.join("---\n", documents));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
