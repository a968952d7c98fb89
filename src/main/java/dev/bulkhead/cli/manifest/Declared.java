package dev.bulkhead.cli.manifest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A resource that somebody wrote into a file. */
public record Declared<T extends HasMetadata>(T resource, Document document) {

    /** One that isn't written anywhere: its place has no line. */
    public static <T extends HasMetadata> Declared<T> elsewhere(String where, T resource) {
        var content = JsonNodeFactory.instance.objectNode();
        content.put("apiVersion", resource.getApiVersion()).put("kind", resource.getKind());
        return new Declared<>(
                resource, new Document(where, new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK), content));
    }
}
