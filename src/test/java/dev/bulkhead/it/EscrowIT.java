package dev.bulkhead.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cli.BulkheadCommand;
import dev.bulkhead.cluster.OperatorAccount;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import dev.bulkhead.runtime.Bulkhead;
import dev.bulkhead.runtime.Settings;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.report.Lines;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Vault;
import dev.bulkhead.secrets.vault.VaultNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that was wiped has its secrets again from a file, by the command line. On a cluster of its own, which it wipes. */
@BulkheadTest
class EscrowIT {

    private static final String SYSTEM = "bulkhead-system";
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final TestCluster cluster;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path file;
    private EnvironmentId staging;
    private String vaultNamespace;
    private String hubId;

    EscrowIT(@Another("escrow") TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void aHubWithAVersionInUseAndOneInWaiting(@Another("escrow") TestNamespace hub) throws IOException {
        staging = new EnvironmentId(hub.name(), "staging");
        vaultNamespace = VaultNames.namespace(hub.name());
        hubId = "hub-of-" + hub.name();
        file = folder.resolve("hub.escrow");
        Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
        identify(hubId, "key-of-the-digests");
        var vault = vault();
        vault.store(Journal.empty(staging).withLines(new TreeMap<>(Map.of("db", line(1, 2)))));
        vault.put(staging, "db", 1, "aaaaaaaa1", "recipe", () -> minted("first canary"));
        vault.put(staging, "db", 2, "bbbbbbbb2", "recipe", () -> minted("second canary"));
    }

    @Test
    void aWipedHubHasTheSameBytesAgainAndTheSameName() throws IOException {
        var before = vault().open(staging);
        assertThat(run("export", "-o", file.toString())).as("%s", err).isZero();
        assertThat(out.toString()).contains("2 versions and 1 journals of hub " + hubId);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var left = Files.list(folder)) {
            assertThat(left.map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrder("hub.escrow", "passphrase");
        }
        wipe();

        assertThat(run("import", "-f", file.toString(), "--dry-run"))
                .as("%s", err)
                .isZero();
        assertThat(out.toString())
                .contains("missing: the hub's id", "missing: version 2 of " + staging + "/db", "4 would be made")
                .doesNotContain("canary");
        assertThat(cluster.find("namespace", vaultNamespace)).isEmpty();
        assertThat(cluster.find("namespace", SYSTEM)).isEmpty();

        assertThat(run("import", "-f", file.toString())).as("%s%s", out, err).isZero();
        assertThat(out.toString()).contains("4 made").doesNotContain("canary");
        assertThat(seenHubId()).isEqualTo(hubId);
        assertThat(cluster.get("secret", SYSTEM + "/bulkhead-hub").<String>get("data", "digest-key"))
                .isEqualTo(base64("key-of-the-digests"));
        var after = vault().open(staging);
        assertThat(after.journal().lines()).isEqualTo(before.journal().lines());
        assertThat(after.of("db").keySet()).isEqualTo(before.of("db").keySet());
        assertThat(after.find("db", 2).orElseThrow().rotationId()).isEqualTo("bbbbbbbb2");
        assertThat(value(1)).isEqualTo("first canary");
        assertThat(value(2)).isEqualTo("second canary");
        assertThat(cluster.get(
                                "secret",
                                vaultNamespace + "/"
                                        + after.find("db", 2).orElseThrow().secret())
                        .<Boolean>get("immutable"))
                .isTrue();

        assertThat(run("import", "-f", file.toString())).isZero();
        assertThat(out.toString()).contains("Nothing is missing");
    }

    /** The whole of it: an operator, a generated secret that is in use, and everything lost but git and the file. */
    @Test
    void gitAndTheFileBringBackTheSameBytesWithoutARotation() {
        var production = new EnvironmentId(staging.namespace(), "production");
        var web = staging.namespace() + "-production-web";
        var before = operated(() -> {
            applyGit();
            return published(web);
        });
        var line = vault().open(production).journal().lines().get("password");
        assertThat(line.phase()).isEqualTo(Phase.Stable);
        assertThat(run("export", "-o", file.toString())).as("%s", err).isZero();

        letGo();
        var namespaces = List.of(staging.namespace(), web, vaultNamespace, SYSTEM);
        namespaces.forEach(namespace -> cluster.delete("namespace", namespace));
        namespaces.forEach(namespace -> cluster.awaitGone("namespace", namespace));
        assertThat(run("import", "-f", file.toString())).as("%s%s", out, err).isZero();
        cluster.hub(staging.namespace());

        assertThat(operated(() -> {
                    applyGit();
                    return published(web);
                }))
                .isEqualTo(before);
        var after = vault().open(production);
        assertThat(after.of("password")).containsOnlyKeys(1);
        assertThat(after.journal().lines().get("password"))
                .extracting(Line::current, Line::highest, Line::rotationId, Line::cause, Line::rotated, Line::next)
                .containsExactly(
                        line.current(), line.highest(), line.rotationId(), line.cause(), line.rotated(), line.next());
    }

    /** Of a value that the vault has lost the target has the last copy, until that is lost, too. */
    @Test
    void whatIsLostIsRightAgainAsSoonAsTheFileIsThere() {
        var production = new EnvironmentId(staging.namespace(), "production");
        var web = staging.namespace() + "-production-web";

        operated(() -> {
            applyGit();
            var before = published(web);
            assertThat(run("export", "-o", file.toString())).as("%s", err).isZero();
            var version = vault().open(production).find("password", 1).orElseThrow();
            cluster.delete("secret", vaultNamespace + "/" + version.secret());
            cluster.delete("secret", web + "/password");
            cluster.eventually(() -> assertThat(phase(production)).isEqualTo(Phase.Lost));

            assertThat(run("import", "-f", file.toString()))
                    .as("%s%s", out, err)
                    .isZero();

            cluster.eventually(() -> assertThat(phase(production)).isEqualTo(Phase.Stable));
            assertThat(published(web)).isEqualTo(before);
            return before;
        });
    }

    /** Without an operator its finalizer holds the environment, and that the hub's namespace. */
    @AfterEach
    void letGo() {
        cluster.list("environment", staging.namespace())
                .forEach(environment -> cluster.patch(
                        "environment",
                        staging.namespace() + "/" + environment.getMetadata().getName(),
                        "{\"metadata\":{\"finalizers\":null}}"));
    }

    private Phase phase(EnvironmentId environment) {
        return vault().journal(environment).lines().get("password").phase();
    }

    private <T> T operated(Supplier<T> work) {
        try (var bulkhead = new Bulkhead(Settings.DEFAULTS, cluster.client(), Clock.systemUTC())) {
            bulkhead.start();
            return work.get();
        }
    }

    private void applyGit() {
        cluster.applyYaml(new TestNamespace(staging.namespace()), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: escrow}
                spec:
                  hubNamespaces: {matchLabels: {bulkhead.dev/team: "true"}}
                  clusters: [local]
                  registries: [registry.example.com]
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: TargetCluster
                metadata: {name: local}
                spec: {local: {}}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: production}
                spec: {classRef: {name: escrow}, clusterRef: {name: local}, namespaces: [{name: web}], mesh: {provider: None}}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: production}
                spec:
                  environmentRef: {name: production}
                  entries: [{name: password, type: Password, schedule: {every: 90d}}]
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: report}
                spec:
                  environmentRef: {name: production}
                  targetNamespace: web
                  type: CronJob
                  schedule: "0 0 1 1 *"
                  image: registry.example.com/shop/report:1
                  env: [{name: PASSWORD, secretRef: {entry: password, key: value}}]
                """);
    }

    private String published(String web) {
        cluster.awaitReady(staging.namespace() + "/production");
        cluster.awaitReady("secretscope", staging.namespace() + "/production");
        cluster.eventually(() -> assertThat(vault().open(new EnvironmentId(staging.namespace(), "production"))
                        .journal()
                        .lines()
                        .get("password"))
                .matches(it -> it.phase() == Phase.Stable));
        // The environment may be in order before it has seen the Workload that is applied last.
        return cluster.await("secret", web, "password").get("data", "value");
    }

    @Test
    void anOperatorThatCameFirstAndDidNothingHasToBeStartedAgain() {
        assertThat(run("export", "-o", file.toString())).as("%s", err).isZero();
        empty();
        identify("hub-2", "another-key");

        assertThat(run("import", "-f", file.toString())).as("%s%s", out, err).isZero();

        assertThat(out.toString()).contains("rollout restart deployment");
        assertThat(seenHubId()).isEqualTo(hubId);
        assertThat(value(2)).isEqualTo("second canary");
    }

    @Test
    void aHubThatLooksAfterOthersIsNotTakenOver() {
        assertThat(run("export", "-o", file.toString())).as("%s", err).isZero();
        empty();
        identify("hub-2", "another-key");
        cluster.applyYaml("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: i, namespace: bulkhead-system, labels: {bulkhead.dev/inventory: "true", bulkhead.dev/hub: hub-2}}
                """);

        assertThat(run("import", "-f", file.toString())).isEqualTo(2);

        assertThat(out.toString())
                .contains("this hub is hub-2 and looks after environments already", "Nothing was written");
        assertThat(seenHubId()).isEqualTo("hub-2");
        assertThat(vault().open(staging).versions()).isEmpty();
    }

    @Test
    void whatIsThereWithOtherBytesIsNamedAndNothingIsWritten() {
        assertThat(run("export", "-o", file.toString())).as("%s", err).isZero();
        empty();
        identify(hubId, "key-of-the-digests");
        vault().put(staging, "db", 1, "cccccccc3", "recipe", () -> minted("made anew"));

        assertThat(run("import", "-f", file.toString())).isEqualTo(2);

        assertThat(out.toString())
                .contains("REFUSED: version 1 of " + staging + "/db: the vault has other bytes", "Nothing was written")
                .doesNotContain("canary");
        assertThat(value(1)).isEqualTo("made anew");
        assertThat(vault().open(staging).of("db")).containsOnlyKeys(1);
        assertThat(cluster.find("configmap", vaultNamespace + "/journal.staging"))
                .isEmpty();
    }

    @Test
    void aCopyIsNeverWrittenOverNorOpenedByAnother() throws IOException {
        assertThat(run("export", "-o", file.toString())).as("%s", err).isZero();
        var before = Files.readAllBytes(file);

        assertThat(run("export", "-o", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("hub.escrow: it is there already").doesNotContain("\tat ");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);

        Files.writeString(folder.resolve("passphrase"), "quite another passphrase");
        assertThat(run("import", "-f", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("hub.escrow: it can't be opened").doesNotContain("\tat ");
    }

    private void wipe() {
        List.of(vaultNamespace, SYSTEM).forEach(namespace -> cluster.delete("namespace", namespace));
        List.of(vaultNamespace, SYSTEM).forEach(namespace -> cluster.awaitGone("namespace", namespace));
    }

    /** The same in less time: a namespace takes seconds to go. */
    private void empty() {
        for (var namespace : List.of(vaultNamespace, SYSTEM)) {
            cluster.client().secrets().inNamespace(namespace).delete();
            cluster.client().configMaps().inNamespace(namespace).delete();
        }
    }

    /** As the operator does it at its first start. */
    private void identify(String id, String key) {
        cluster.applyYaml("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: bulkhead-system, annotations: {bulkhead.dev/hub-id: %1$s}}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: bulkhead-hub, namespace: bulkhead-system}
                data: {id: %1$s}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: bulkhead-hub, namespace: bulkhead-system}
                data: {digest-key: %2$s}
                """.formatted(id, base64(key)));
    }

    private String seenHubId() {
        return cluster.get("namespace", SYSTEM).getMetadata().getAnnotations().get("bulkhead.dev/hub-id");
    }

    private Vault vault() {
        return new Vault(cluster.client(), hubId, OperatorAccount.NONE);
    }

    private String value(int version) {
        return new String(vault().read(staging, "db", version).get("value"), UTF_8);
    }

    private static Minted minted(String value) {
        return new Minted(Map.of("value", value.getBytes(UTF_8)), null, THEN, 0);
    }

    private static Line line(int current, int pending) {
        return Lines.in(Phase.Staged)
                .current(current)
                .pending(pending)
                .rotation("bbbbbbbb2", "Schedule")
                .line();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of("escrow"));
        all.addAll(List.of(words));
        all.addAll(List.of(
                "--kubeconfig",
                cluster.kube().kubeconfig().toString(),
                "--passphrase-file",
                folder.resolve("passphrase").toString()));
        return BulkheadCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }
}
