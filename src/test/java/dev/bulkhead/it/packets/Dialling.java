package dev.bulkhead.it.packets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.it.packets.Flow.Speaker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Sends packets: each pod dials all that it is to dial at once, and all pods do so together. */
record Dialling(KubernetesClient client) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> ADDRESSES = new TypeReference<>() {};

    /** Those of the flows whose packets got there, and back. */
    Set<Flow> reached(Collection<Flow> flows, Duration timeout) {
        var bySpeaker = flows.stream().collect(Collectors.groupingBy(Flow::from));
        try (var pods = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = bySpeaker.entrySet().stream()
                    .map(entry -> pods.submit((Callable<List<Flow>>) () -> ask(entry, timeout)))
                    .toList();
            var reached = new LinkedHashSet<Flow>();
            for (var answer : asked) {
                reached.addAll(told(answer));
            }
            return reached;
        }
    }

    private static List<Flow> told(Future<List<Flow>> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a pod did not say whom it reached", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    // The API server sits on the pods' own node, whose requests no NetworkPolicy stops.
    private List<Flow> ask(Entry<Speaker, List<Flow>> asked, Duration timeout) {
        var speaker = asked.getKey();
        var addresses = asked.getValue().stream()
                .map(flow -> "&addr=" + URLEncoder.encode(flow.to().words(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        var answer = client.raw("/api/v1/namespaces/%s/pods/%s:%d/proxy/reached?timeout=%dms%s"
                .formatted(speaker.namespace(), speaker.name(), speaker.control(), timeout.toMillis(), addresses));
        try {
            var reached = Set.copyOf(JSON.readValue(answer, ADDRESSES));
            return asked.getValue().stream()
                    .filter(flow -> reached.contains(flow.to().words()))
                    .toList();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
