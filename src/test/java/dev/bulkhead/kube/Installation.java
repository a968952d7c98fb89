package dev.bulkhead.kube;

import java.util.stream.Stream;

/** Puts what the operator needs into a cluster. */
final class Installation {

    private static final String DEFINITION = "customresourcedefinition";
    private static final String PROTECTION = "helm/bulkhead/files/policies/deletion-protection.yaml";

    private final TestCluster cluster;

    Installation(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Returns when the API server serves them. */
    void customResourceDefinitions() {
        cluster.apply("crds");
        ours().forEach(name -> cluster.eventually(() -> established(name)));
    }

    /** The one policy that needs no ServiceAccount, as the chart has it. */
    void deletionProtection() {
        cluster.apply(PROTECTION);
    }

    void removeDeletionProtection() {
        Stream.of("validatingadmissionpolicybinding", "validatingadmissionpolicy")
                .forEach(kind -> cluster.delete(kind, "bulkhead-deletion-protection"));
    }

    void removeCustomResourceDefinitions() {
        ours().forEach(name -> cluster.delete(DEFINITION, name));
    }

    private Stream<String> ours() {
        return cluster.list(DEFINITION, "").stream()
                .map(definition -> definition.getMetadata().getName())
                .filter(name -> name.endsWith(".bulkhead.dev"));
    }

    private void established(String name) {
        var established = cluster.conditions(DEFINITION, name).get("Established");
        if (established == null || !established.isTrue()) {
            throw new AssertionError("the API server does not serve %s yet".formatted(name));
        }
    }
}
