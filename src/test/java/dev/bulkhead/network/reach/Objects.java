package dev.bulkhead.network.reach;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Objects for tests: from YAML, or from what stands in their spec. */
final class Objects {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Objects() {}

    /** Several documents, with «---» between them. */
    static List<HasMetadata> yaml(String... texts) {
        return Stream.of(texts)
                .flatMap(text -> Stream.of(text.split("(?m)^---$")))
                .filter(text -> !text.isBlank())
                // What begins with a brace would be taken for JSON.
                .<HasMetadata>map(text ->
                        YAML.unmarshal(new ByteArrayInputStream(("---\n" + text).getBytes(StandardCharsets.UTF_8))))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    static GenericKubernetesResource object(
            String apiVersion, String kind, String namespace, String name, Map<String, Object> spec) {
        var object = new GenericKubernetesResource();
        object.setApiVersion(apiVersion);
        object.setKind(kind);
        object.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        object.setAdditionalProperty("spec", spec);
        return object;
    }
}
