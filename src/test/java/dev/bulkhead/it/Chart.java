package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkhead.kube.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The chart in the hands of Helm, kubeconform and kube-score, as people run them. */
final class Chart {

    static final Path FOLDER = Path.of("helm/bulkhead");
    static final String IMAGE = "registry.example.com/bulkhead/operator:test";
    private static final String NAMESPACE = "bulkhead-system";
    private static final Path WORK = Path.of("target/chart");
    private static final Duration FIRST_BUILD = Duration.ofMinutes(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The groups whose kinds the chart makes. */
    private static final List<String> GROUPS = List.of(
            "api/v1",
            "apis/apps/v1",
            "apis/rbac.authorization.k8s.io/v1",
            "apis/networking.k8s.io/v1",
            "apis/admissionregistration.k8s.io/v1",
            "apis/policy/v1",
            "apis/flowcontrol.apiserver.k8s.io/v1",
            "apis/apiextensions.k8s.io/v1");

    private final TestCluster cluster;
    private final Path bin;

    /** @param code how the program ended */
    record Result(int code, String output) {

        String succeeded() {
            assertThat(code).as(output).isZero();
            return output;
        }
    }

    private Chart(TestCluster cluster, Path bin) {
        this.cluster = cluster;
        this.bin = bin;
    }

    static Chart of(TestCluster cluster) throws IOException {
        Files.createDirectories(WORK);
        var built = run(List.of("src/test/kube/build.sh", "chart"), FIRST_BUILD).succeeded();
        return new Chart(cluster, Path.of(built.lines().toList().getLast()));
    }

    /** Helm, on the test cluster, with nothing of the user's own settings. */
    Result helm(String... arguments) {
        var command = new ArrayList<>(List.of(bin.resolve("helm").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "--namespace",
                NAMESPACE,
                "--kubeconfig",
                cluster.kube().kubeconfig().toString()));
        return run(command, Duration.ofMinutes(3));
    }

    /** Installs or upgrades, and waits for the operator to be ready. */
    void release(String verb, String... settings) {
        var arguments = new ArrayList<>(List.of(verb, "bulkhead", FOLDER.toString(), "--wait", "--timeout", "2m"));
        // The tests' node counts no local storage, and offers none.
        arguments.addAll(List.of(
                "--set",
                "image.tag=test,resources.requests.ephemeral-storage=null,resources.limits.ephemeral-storage=null"));
        arguments.addAll(List.of(settings));
        helm(arguments.toArray(String[]::new)).succeeded();
    }

    /** One of its files, with the values that it comes with. */
    String template(String file) {
        return helm("template", "bulkhead", FOLDER.toString(), "--show-only", file)
                .succeeded();
    }

    String template(Path values) {
        return helm(
                        "template",
                        "bulkhead",
                        FOLDER.toString(),
                        "--values",
                        values.toString(),
                        "--kube-version",
                        "1.36.3")
                .succeeded();
    }

    /** What a target needs, as {@code make target-cluster} writes it: rights, or policies, or what a mesh's identity needs beyond. */
    String ofTarget(String part) {
        return run(List.of(
                        "src/test/kube/tools/target-cluster.sh",
                        bin.resolve("helm").toString(),
                        part))
                .succeeded();
    }

    /** Of the schemas that the API server itself serves; what they don't know is an error. */
    Result kubeconform(String manifests) {
        return run(List.of(
                bin.resolve("kubeconform").toString(),
                "-strict",
                "-summary",
                "-skip",
                "PodMonitor,PrometheusRule",
                "-schema-location",
                schemas() + "/{{ .ResourceKind }}{{ .KindSuffix }}.json",
                written(manifests)));
    }

    /**
     * Not asked: a limit of CPU, which only slows down; to pull an image again whose tag never moves; and anti-affinity,
     * where topology spread constraints say the same.
     */
    Result kubeScore(String manifests) {
        return run(List.of(
                bin.resolve("kube-score").toString(),
                "score",
                "--exit-one-on-warning",
                "--ignore-container-cpu-limit",
                "--ignore-test",
                "container-image-pull-policy",
                "--ignore-test",
                "deployment-has-host-podantiaffinity",
                "--output-format",
                "ci",
                written(manifests)));
    }

    /** The operator as it was built, as an image on the node. */
    void loadImage() {
        var archive = WORK.resolve("operator.tar");
        run(List.of(
                        "src/test/kube/tools/image.sh",
                        System.getProperty("java.home"),
                        "target/quarkus-app",
                        IMAGE,
                        archive.toString()))
                .succeeded();
        cluster.kube().loadImage(archive);
    }

    private static String written(String manifests) {
        try {
            return Files.writeString(WORK.resolve("manifests.yaml"), manifests).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path schemas() {
        var folder = WORK.resolve("schemas");
        try {
            Files.createDirectories(folder);
            for (var group : GROUPS) {
                var document = JSON.readTree(cluster.client().raw("/openapi/v3/" + group));
                var schemas = document.at("/components/schemas");
                schemas.forEach(Chart::close);
                for (var entry : schemas.properties()) {
                    for (var kind : entry.getValue().path("x-kubernetes-group-version-kind")) {
                        var schema = JSON.createObjectNode().put("$ref", "#/components/schemas/" + entry.getKey());
                        schema.set("components", document.get("components"));
                        JSON.writeValue(folder.resolve(fileName(kind)).toFile(), schema);
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As kubeconform looks for it: {@code clusterrole-rbac-v1.json}, {@code serviceaccount-v1.json}. */
    private static String fileName(JsonNode kind) {
        var group = kind.path("group").asText().split("[.]")[0];
        return "%s-%s%s.json"
                .formatted(
                        kind.path("kind").asText(),
                        group.isEmpty() ? "" : group + "-",
                        kind.path("version").asText())
                .toLowerCase(Locale.ROOT);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }

    private static Result run(List<String> command) {
        return run(command, Duration.ofMinutes(2));
    }

    private static Result run(List<String> command, Duration limit) {
        try {
            var output = WORK.resolve("output.txt");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            var home = WORK.resolve("helm").toAbsolutePath().toString();
            List.of("HELM_CONFIG_HOME", "HELM_CACHE_HOME", "HELM_DATA_HOME")
                    .forEach(name -> builder.environment().put(name, home));
            var process = builder.start();
            if (!process.waitFor(limit)) {
                process.destroyForcibly();
                throw new AssertionError("%s was not done after %s".formatted(String.join(" ", command), limit));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
