package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A SecretScope, by the name of its environment: what is declared in it, and what it says of its entries. */
public record Scope(TestCluster cluster, TestNamespace hub, String environment) {

    /** Declares it, or declares it anew, and waits for nothing. */
    public static Scope declared(TestCluster cluster, TestNamespace hub, String environment, String... fields) {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: %1$s}
                spec:
                  environmentRef: {name: %1$s}
                """.formatted(environment) + Staging.indented(fields));
        return new Scope(cluster, hub, environment);
    }

    public String name() {
        return hub.of(environment);
    }

    public void awaitReady() {
        cluster.awaitReady("secretscope", name());
    }

    /** Empty as long as it says nothing. */
    List<Map<String, Object>> entries() {
        List<Map<String, Object>> entries = cluster.get("secretscope", name()).get("status", "entries");
        return entries == null ? List.of() : entries;
    }

    /** Empty as long as it says nothing of this one. */
    Map<String, Object> entry(String name) {
        return entries().stream()
                .filter(it -> name.equals(it.get("name")))
                .findFirst()
                .orElse(Map.of());
    }

    void awaitPhase(String entry, String phase) {
        cluster.eventually(() -> assertThat(entry(entry)).containsEntry("phase", phase));
    }

    /** Workload → what is said of it as a consumer. */
    Map<String, Map<String, Object>> consumers(String entry) {
        @SuppressWarnings("unchecked")
        var consumers = (List<Map<String, Object>>) entry(entry).getOrDefault("consumers", List.of());
        return consumers.stream()
                .collect(Collectors.toMap(it -> it.get("workload").toString(), it -> it));
    }
}
