package dev.bulkhead.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart's rights and policies on a cluster, and clients for those whom they are about. */
record Wall(TestCluster cluster) {

    static final String SYSTEM = "bulkhead-system";
    private static final Path SAMPLES = Path.of("src/test/resources/wall");
    private static final Set<String> KINDS = Set.of(
            "ServiceAccount",
            "Role",
            "RoleBinding",
            "ClusterRole",
            "ClusterRoleBinding",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    /** What the chart says of rights and policies, without the operator's pod. */
    void putUp() throws IOException {
        putUp("defaults");
    }

    /** @param values which of the chart's examples of settings */
    void putUp(String values) throws IOException {
        var file = Chart.FOLDER.resolve("ci/%s-values.yaml".formatted(values));
        Arrays.stream(Chart.of(cluster).template(file).split("(?m)^---$"))
                .filter(text -> KINDS.stream().anyMatch(kind -> text.contains("\nkind: " + kind + "\n")))
                .forEach(cluster::applyYaml);
    }

    /** A client with a token of the operator's ServiceAccount, as its pod has one. */
    KubernetesClient operator() {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(Duration.ofHours(1).toSeconds())
                .endSpec()
                .build();
        var token = cluster.client()
                .serviceAccounts()
                .inNamespace(SYSTEM)
                .withName("bulkhead")
                .tokenRequest(request)
                .getStatus()
                .getToken();
        var config = config();
        config.setClientCertData(null);
        config.setClientKeyData(null);
        config.setOauthToken(token);
        config.setUserAgent("bulkhead");
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** A client of a user with these groups. */
    KubernetesClient user(String name, String... groups) {
        var config = config();
        config.setImpersonateUsername(name);
        config.setImpersonateGroups(groups);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private Config config() {
        try {
            return Config.fromKubeconfig(Files.readString(cluster.kube().kubeconfig()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void namespace(String name, String labels) {
        cluster.applyYaml("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {%s}}
                """.formatted(name, labels));
    }

    void samplesIn(String namespace) {
        documents("samples.yaml")
                .map(text -> text.replace("NAMESPACE", namespace)
                        .replace(
                                "metadata: {name: sample",
                                "metadata: {namespace: %s, name: sample".formatted(namespace)))
                .forEach(cluster::applyYaml);
    }

    void samplesOfTheCluster() {
        documents("samples-cluster.yaml").forEach(cluster::applyYaml);
    }

    /** apiVersion/kind → JSON. */
    static Map<String, String> samples() {
        return Stream.of("samples.yaml", "samples-cluster.yaml")
                .flatMap(Wall::documents)
                .map(Wall::parsed)
                .collect(Collectors.toMap(
                        it -> it.path("apiVersion").asText() + "/"
                                + it.path("kind").asText(),
                        Object::toString));
    }

    private static com.fasterxml.jackson.databind.JsonNode parsed(String yaml) {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> documents(String file) {
        try {
            return Arrays.stream(Files.readString(SAMPLES.resolve(file)).split("(?m)^---$"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
