package dev.bulkhead.kube;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads conditions out of any object. */
final class Conditions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Conditions() {}

    /** By type, in the order in which the object lists them. */
    static Map<String, SeenCondition> of(GenericKubernetesResource object) {
        var byType = new LinkedHashMap<String, SeenCondition>();
        if (object.get("status", "conditions") instanceof List<?> conditions) {
            for (var condition : conditions) {
                var seen = JSON.convertValue(condition, SeenCondition.class);
                byType.put(seen.type(), seen);
            }
        }
        return byType;
    }
}
