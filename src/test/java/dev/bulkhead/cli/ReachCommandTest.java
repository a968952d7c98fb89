package dev.bulkhead.cli;

import static dev.bulkhead.cli.PlanCommandTest.API;
import static dev.bulkhead.cli.PlanCommandTest.ENVIRONMENT;
import static dev.bulkhead.cli.PlanCommandTest.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachCommandTest {

    private static final String NETWORK = "examples/private-network";

    private final Terminal terminal = new Terminal();

    @TempDir
    private Path folder;

    @Test
    void whoReachesWhomIsAskedOfTwo() {
        assertThat(terminal.run("reach", "-f", NETWORK, "--from", "gateway", "--to", "checkout"))
                .isZero();
        assertThat(terminal.out())
                .contains("gateway", "checkout", "http (8080)")
                .doesNotContain("ledger");

        assertThat(terminal.run("reach", "-f", NETWORK, "--from", "gateway", "--to", "ledger"))
                .isEqualTo(1);
        assertThat(terminal.out()).isEqualTo("nobody reaches anybody\n");
        assertThat(terminal.err())
                .contains(
                        "note: http (8080) of demo-payments-staging-data/ledger: the NetworkPolicies of the caller don't"
                                + " let it out, and the NetworkPolicies of the callee don't let it in");
    }

    @Test
    void aNameThatNobodyHasIsRefusedAndTheOthersAreNamed() {
        assertThat(terminal.run("reach", "-f", NETWORK, "--from", "gatewy")).isEqualTo(2);
        assertThat(terminal.err()).contains("--from gatewy is nobody", "demo-payments-staging-web/gateway");
    }

    @Test
    void whomNobodyReachesIsAskedForLikeAnybodyElse() {
        assertThat(terminal.run("reach", "-f", NETWORK, "--from", "ledger", "--to", "internet"))
                .as(terminal.err())
                .isEqualTo(1);
        assertThat(terminal.out()).isEqualTo("nobody reaches anybody\n");
    }

    @Test
    void whatMakesThePerimeterWeakerIsSaid() throws IOException {
        Files.writeString(
                folder.resolve("all.yaml"),
                String.join(
                        "---\n",
                        PLATFORM,
                        ENVIRONMENT.replace("spec: {", "spec: {mesh: {provider: Linkerd}, "),
                        API + "  probes: {liveness: {httpGet: {path: /, port: http}}}\n"));

        assertThat(terminal.run("reach", "-f", folder.toString(), "--capabilities", KnownClustersTest.MESHED))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.err()).contains("note: shop-staging-web/api is probed with GET / on port 8080");
    }

    @Test
    void whatNodesReachIsNotShownAndNotSaidToBeNothing() {
        assertThat(terminal.run("reach", "-f", NETWORK, "--from", "nodes", "--to", "gateway"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--from nodes is nobody");
    }

    @Test
    void withoutAnEnvironmentNothingIsProved() throws IOException {
        Files.writeString(folder.resolve("platform.yaml"), PLATFORM);

        assertThat(terminal.run("reach", "-f", folder.toString(), "--apart", "staging", "production"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("there is no Environment in the files");
    }

    @Test
    void aProofOfFilesThatAreRefusedIsNone() throws IOException {
        stagingAndPreview(API.replace("registry.example.com", "elsewhere.example.com"));

        assertThat(terminal.run("reach", "-f", folder.toString(), "--apart", "staging", "preview"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("Workload shop/api refused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --agreed a,b                              | --agreed is an exception to --apart
            --apart staging preview --from api        | take --from and --to away
            --apart staging preview --apart a b       | --apart is about two environments: give it once
            --cluster nowhere                         | --cluster nowhere has no environment: the files have environments on local
            -n X!                                     | -n X! can't be the name of a namespace
            --form api                                | Unknown options: '--form', 'api'
            --apart staging staging                   | --apart shop/staging names one environment twice
            --apart staging preview --agreed api      | --agreed api names no two: write it as CALLER,CALLEE
            --apart staging preview --agreed api,     | --agreed "" is nobody
            --apart staging preview --agreed internet,api | doesn't lead from one of shop/staging and shop/preview
            """)
    void aQuestionThatMakesNoSenseIsRefused(String words, String message) throws IOException {
        Files.writeString(
                folder.resolve("all.yaml"),
                String.join(
                        "---\n", PLATFORM, ENVIRONMENT, ENVIRONMENT.replace("name: staging", "name: preview"), API));

        assertThat(terminal.run(("reach -f " + folder + " " + words).split(" ")))
                .isEqualTo(2);
        assertThat(terminal.err()).contains(message);
    }

    @Test
    void aNameThatTwoHaveHasToBeSaidInFull() throws IOException {
        stagingAndPreview(
                API,
                API.replace("name: api", "name: api-preview")
                        .replace("{name: staging}", "{name: preview}\n  name: api"));

        assertThat(terminal.run("reach", "-f", folder.toString(), "--from", "api"))
                .isEqualTo(2);
        assertThat(terminal.err())
                .contains("--from api is several. Name one of: shop-preview-web/api, shop-staging-web/api");

        assertThat(terminal.run(
                        "reach",
                        "-f",
                        folder.toString(),
                        "--from",
                        "shop-preview-web/api",
                        "--to",
                        "shop-staging-web/api"))
                .isEqualTo(1);
    }

    @Test
    void twoEnvironmentsAreProvedApartOrEachWayBetweenThemIsNamed() throws IOException {
        var preview = ENVIRONMENT.replace("name: staging", "name: preview");
        var other = API.replace("name: api", "name: api-preview")
                .replace("{name: staging}", "{name: preview}\n  name: api");
        Files.writeString(folder.resolve("all.yaml"), String.join("---\n", PLATFORM, ENVIRONMENT, preview, API, other));

        assertThat(terminal.run("reach", "-f", folder.toString(), "--apart", "staging", "shop/preview"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).isEqualTo("""
                        shop/staging reaches nothing of shop/preview but what was agreed
                        shop/preview reaches nothing of shop/staging but what was agreed
                        """);
        assertThat(terminal.run("reach", "-f", folder.toString(), "--apart", "staging", "production"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--apart production is no environment", "shop/preview, shop/staging");

        var audit = """
                apiVersion: bulkhead.dev/v1alpha1
                kind: NetworkPolicySet
                metadata: {name: watch-staging, namespace: shop}
                spec: {environmentRef: {name: staging}, enforcement: Audit}
                """;
        Files.writeString(
                folder.resolve("all.yaml"),
                String.join(
                        "---\n",
                        PLATFORM.replace("registries:", "audit: Open, registries:"),
                        ENVIRONMENT,
                        preview,
                        API,
                        other,
                        audit,
                        audit.replace("staging", "preview")));

        assertThat(terminal.run("reach", "-f", folder.toString(), "--apart", "staging", "preview"))
                .isEqualTo(1);
        assertThat(terminal.out())
                .contains(
                        "shop/staging reaches shop/preview, and nobody agreed to it:",
                        "  shop-staging-web/api -> shop-preview-web/api: http (8080)");
        assertThat(terminal.run(
                        "reach",
                        "-f",
                        folder.toString(),
                        "--apart",
                        "staging",
                        "preview",
                        "--agreed",
                        "shop-staging-web/api,shop-preview-web/api",
                        "--agreed",
                        "shop-preview-web/api,shop-staging-web/api"))
                .as(terminal.out())
                .isZero();
    }

    @Test
    void aMatrixIsOfOneCluster() {
        var files = "examples/staging-and-production";

        assertThat(terminal.run("reach", "-f", files)).isEqualTo(2);
        assertThat(terminal.err())
                .contains("say which cluster with --cluster: the files have environments on production, staging");
        assertThat(terminal.run("reach", "-f", files, "--cluster", "staging", "-o", "json"))
                .isZero();
        assertThat(terminal.out()).contains("storefront");
    }

    @Test
    void whatIsWrongInTheFilesIsSaidWhereItIs() throws IOException {
        Files.writeString(folder.resolve("api.yaml"), API.replace("replicas", "replicaz"));

        assertThat(terminal.run("reach", "-f", folder.toString())).isEqualTo(2);
        assertThat(terminal.err()).contains("api.yaml:10: spec has no field replicaz");
    }

    @Test
    void podsThatOthersDeliverAreReachedLikeAllTheRest() throws IOException {
        Files.writeString(
                folder.resolve("all.yaml"),
                String.join(
                        "---\n",
                        PLATFORM,
                        ENVIRONMENT,
                        API.replaceFirst("(?s)  image:.*?  ports:", "  selector: {app: api}\n  ports:")
                                .replaceFirst("(?s)  env:.*", ""),
                        API.replace("name: api", "name: front")
                                .replace("replicas: 2", "calls: [{workload: api, port: http}]")));

        assertThat(terminal.run("reach", "-f", folder.toString(), "--from", "front", "--to", "api"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).contains("http (8080)");
    }

    private void stagingAndPreview(String... workloads) throws IOException {
        var preview = ENVIRONMENT.replace("name: staging", "name: preview");
        Files.writeString(
                folder.resolve("all.yaml"),
                String.join("---\n", PLATFORM, ENVIRONMENT, preview, String.join("---\n", workloads)));
    }
}
