package dev.bulkhead.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApiManifestTest {

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void everyRuleHasAManifestThatItRefuses() {
        var rules = new TreeSet<String>();
        Definitions.all().values().forEach(definition -> messages(Definitions.schema(definition), rules));

        assertThat(ApiManifest.invalid().map(ApiManifest::expected).collect(Collectors.toSet()))
                .containsAll(rules);
    }

    @ParameterizedTest
    @MethodSource("dev.bulkhead.api.ApiManifest#valid")
    void aValidManifestReadsAndWritesWithoutLoss(ApiManifest manifest) {
        var read = manifest.object(serialization);

        var again = serialization.unmarshal(serialization.asYaml(read), read.getClass());

        assertThat(again.getSpec()).isNotNull().isEqualTo(read.getSpec());
    }

    @Test
    void aFieldOfANewerVersionIsPassedOver() {
        assertThat(workload("{name: api}", "{futureField: 1, image: a, ports: [{name: http, port: 80, soon: x}]}")
                        .getSpec()
                        .ports())
                .containsExactly(new WorkloadPort("http", 80, null, Protocol.TCP, null));
    }

    @Test
    void aWorkloadIsCalledByItsSpecBeforeItsMetadata() {
        assertThat(workload("{name: staging-api}", "{name: api}").name()).isEqualTo("api");
        assertThat(workload("{name: staging-api}", "{}").name()).isEqualTo("staging-api");
    }

    private Workload workload(String metadata, String spec) {
        return serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: %s
                spec: %s
                """.formatted(metadata, spec), Workload.class);
    }

    private static void messages(JsonNode schema, Set<String> found) {
        schema.path("x-kubernetes-validations")
                .forEach(rule -> found.add(rule.get("message").asText()));
        schema.path("properties").forEach(property -> messages(property, found));
        if (schema.has("items")) {
            messages(schema.get("items"), found);
        }
    }
}
