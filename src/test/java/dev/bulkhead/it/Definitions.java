package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/** What becomes of stored resources while the definitions of their kinds change, go and come back. */
final class Definitions {

    private static final String WORKLOADS = "workloads.bulkhead.dev";

    /** A field that an older definition doesn't know. */
    private static final String NEW_FIELD = "podAnnotations";

    private static final String STORED = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Workload
            metadata: {name: stored}
            spec:
              environmentRef: {name: nowhere}
              name: stored
              targetNamespace: web
              image: registry.example.com/bulkhead/testapp:1
              env: [{name: KEPT, value: "yes"}]
            """;

    private Definitions() {}

    /** Workloads as an older version of us defined them, and one that was stored then. */
    static void makeOlder(TestCluster cluster, TestNamespace hub) {
        cluster.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(WORKLOADS)
                .edit(definition -> {
                    assertThat(fields(definition).getProperties().remove(NEW_FIELD))
                            .as(NEW_FIELD)
                            .isNotNull();
                    fields(definition).getXKubernetesValidations().removeIf(it -> it.getRule()
                            .contains(NEW_FIELD));
                    return definition;
                });
        cluster.applyYaml(hub, STORED);
        cluster.eventually(() -> assertThat(knowsNewField(cluster, hub)).isFalse());
    }

    /** The stored one is as it was, and can be what is new. */
    static void haveBeenUpgraded(TestCluster cluster, TestNamespace hub) {
        cluster.eventually(() -> assertThat(knowsNewField(cluster, hub)).isTrue());
        var stored = cluster.get("workload", hub.of("stored"));
        assertThat(stored.<List<?>>get("spec", "env").toString()).contains("KEPT", "yes");
        cluster.delete("workload", hub.of("stored"));
    }

    private static boolean knowsNewField(TestCluster cluster, TestNamespace hub) {
        try {
            cluster.dryRun(hub, STORED + "  podAnnotations: {example.com/owner: shop}\n");
            return true;
        } catch (KubernetesClientException e) {
            assertThat(e.getMessage()).contains(NEW_FIELD);
            return false;
        }
    }

    /** All at once. Nobody is there to take the finalizers off but an administrator, as docs/install.md says it. */
    static void areDeleted(TestCluster cluster) {
        cluster.client()
                .genericKubernetesResources("bulkhead.dev/v1alpha1", "Environment")
                .inAnyNamespace()
                .list()
                .getItems()
                .forEach(it -> cluster.patch(
                        "environment",
                        it.getMetadata().getNamespace() + "/" + it.getMetadata().getName(),
                        "{\"metadata\":{\"finalizers\":null}}"));
        ours(cluster).forEach(it -> cluster.client().resource(it).delete());
        cluster.eventually(() -> assertThat(ours(cluster))
                .extracting(it -> it.getMetadata().getName())
                .isEmpty());
    }

    static void areBack(TestCluster cluster) {
        cluster.apply("crds");
        cluster.eventually(() -> assertThat(ours(cluster)).isNotEmpty().allSatisfy(it -> assertThat(
                        it.getStatus().getConditions())
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True"))));
    }

    private static List<CustomResourceDefinition> ours(TestCluster cluster) {
        return cluster.client().apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(it -> it.getSpec().getGroup().equals("bulkhead.dev"))
                .toList();
    }

    private static JSONSchemaProps fields(CustomResourceDefinition definition) {
        return definition
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("spec");
    }
}
