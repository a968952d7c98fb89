package dev.bulkhead.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Sends real packets from pod to pod. Every pod runs the test service, which dials out when asked. */
final class Packets {

    private static final int PORT = 8080;

    private final TestCluster cluster;
    private final ObjectMapper json = new ObjectMapper();

    /** What came of one attempt. */
    record Dialled(boolean ok, int status, String body, String error, long ms) {}

    Packets(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** The pods that run, apart from those on their way out. */
    List<Pod> pods(String... namespaces) {
        return Stream.of(namespaces)
                .flatMap(namespace -> cluster.client().pods().inNamespace(namespace).list().getItems().stream())
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .toList();
    }

    /** Every ordered pair of which the first reaches the second, as {@code frontend -> api}, by workload. */
    Set<String> connections(List<Pod> pods) {
        var reached = new TreeSet<String>();
        for (var from : pods) {
            for (var to : pods) {
                if (!from.equals(to) && reaches(from, to)) {
                    reached.add(pair(from, to));
                }
            }
        }
        return reached;
    }

    static String pair(Pod from, Pod to) {
        return workload(from) + " -> " + workload(to);
    }

    boolean reaches(Pod from, Pod to) {
        return dial(from, to.getStatus().getPodIP() + ":" + PORT, "").ok();
    }

    /** A GET that a pod sends. */
    Dialled get(Pod from, String address) {
        return dial(from, address, "&http=1");
    }

    // The API server sits on the pods' own node, whose requests no NetworkPolicy stops.
    private Dialled dial(Pod from, String address, String how) {
        var answer = cluster.client()
                .raw("/api/v1/namespaces/%s/pods/%s:%d/proxy/dial?timeout=1500ms&addr=%s%s"
                        .formatted(
                                from.getMetadata().getNamespace(),
                                from.getMetadata().getName(),
                                PORT,
                                URLEncoder.encode(address, StandardCharsets.UTF_8),
                                how));
        try {
            return json.readValue(answer, Dialled.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(
                    "pod %s did not say what it reached: %s"
                            .formatted(from.getMetadata().getName(), answer),
                    e);
        }
    }

    static String workload(Pod pod) {
        return pod.getMetadata().getLabels().get("bulkhead.dev/workload");
    }
}
