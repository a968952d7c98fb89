package dev.bulkhead.faults;

import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.SeenCondition;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.stream.Collectors;

/** Many environments of one hub namespace, and what they ask of a server when it is back. */
record Crowd(TestCluster hub, TestNamespace namespace) {

    /**
     * More than this in a second would be a stampede. In peace, when many environments are made at once, it is about as
     * many ({@code make bench}: 12 requests for each of 500 in 17 s), with the tail of each second on top.
     */
    static final int STAMPEDE = 450;

    /** How many are Ready for the generation that they have. */
    long ready() {
        return hub.list("environment", namespace.name()).stream()
                .filter(Crowd::isReady)
                .count();
    }

    private static boolean isReady(GenericKubernetesResource environment) {
        return SeenCondition.of(environment).stream()
                .anyMatch(it -> it.type().equals("Ready")
                        && it.isTrue()
                        && it.observedGeneration() == environment.getMetadata().getGeneration());
    }

    /** The most requests in one second. */
    static int peak(List<AuditRequest> requests) {
        return requests.stream()
                .collect(Collectors.groupingBy(it -> it.at().getEpochSecond(), Collectors.summingInt(_ -> 1)))
                .values()
                .stream()
                .max(Integer::compare)
                .orElse(0);
    }
}
