package dev.bulkhead.kube;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A cluster that somebody else runs and that {@code BULKHEAD_KUBECONFIG} names. We leave it running. */
record ExternalCluster(Path kubeconfig, NodeKind node) implements KubeCluster {

    static ExternalCluster of(Path kubeconfig) {
        var unknown = new ExternalCluster(kubeconfig, NodeKind.NONE);
        try (var client = unknown.client("bulkhead-test")) {
            var nodes = client.nodes().list().getItems();
            if (nodes.isEmpty()) {
                return unknown;
            }
            var simulated = nodes.stream()
                    .allMatch(node -> node.getMetadata().getAnnotations() != null
                            && node.getMetadata().getAnnotations().containsKey("kwok.x-k8s.io/node"));
            return new ExternalCluster(kubeconfig, simulated ? NodeKind.SIMULATED : NodeKind.REAL);
        }
    }

    @Override
    public String name() {
        return "external";
    }

    @Override
    public Optional<Path> auditLog() {
        return Optional.empty();
    }

    @Override
    public List<String> kubectl() {
        return List.of("kubectl");
    }

    @Override
    public void loadImage(Path tar) {
        throw new UnsupportedOperationException(
                "%s can't be loaded into the cluster of BULKHEAD_KUBECONFIG: load it there yourself beforehand"
                        .formatted(tar));
    }

    @Override
    public String description() {
        return "the cluster of BULKHEAD_KUBECONFIG (" + kubeconfig + ")";
    }

    @Override
    public void close() {
        // Not ours to stop.
    }
}
