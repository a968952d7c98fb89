package dev.bulkhead.cli;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a target needs of a hub: the files of examples/target-cluster, in the order in which they are applied. */
record TargetSide(String hubId) {

    private static final List<String> FILES = List.of("namespace.yaml", "rights.yaml", "policies.yaml");
    private static final String PLACEHOLDER = "hub-id-goes-here";

    /** What can be the value of a label, as the hub's id is on all that it owns. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    TargetSide {
        if (!ID.matcher(hubId).matches()) {
            throw new CommandFailure(
                    "%s is no id of a hub: take it from ConfigMap bulkhead-hub of the hub".formatted(hubId));
        }
    }

    String text() {
        return FILES.stream()
                .map(TargetSide::read)
                .collect(Collectors.joining("---\n"))
                .replace(PLACEHOLDER, hubId);
    }

    List<GenericKubernetesResource> objects() {
        var serialization = new KubernetesSerialization();
        return Stream.of(text().split("(?m)^---$"))
                .filter(it -> it.contains("\nkind: "))
                .map(it -> serialization.unmarshal(it, GenericKubernetesResource.class))
                .toList();
    }

    private static String read(String file) {
        try (var stream = TargetSide.class.getResourceAsStream("/target-cluster/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("the program was built without target-cluster/" + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
