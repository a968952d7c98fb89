package dev.bulkhead.kube;

/** Puts what the operator needs into a cluster. */
final class Installation {

    private final TestCluster cluster;

    Installation(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Returns when the API server serves them. */
    void customResourceDefinitions() {
        cluster.apply("crds");
        cluster.list("customresourcedefinition", "").stream()
                .map(definition -> definition.getMetadata().getName())
                .filter(name -> name.endsWith(".bulkhead.dev"))
                .forEach(name -> cluster.eventually(() -> established(name)));
    }

    private void established(String name) {
        var established = cluster.conditions("customresourcedefinition", name).get("Established");
        if (established == null || !established.isTrue()) {
            throw new AssertionError("the API server does not serve %s yet".formatted(name));
        }
    }
}
