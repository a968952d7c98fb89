package dev.bulkhead.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/** A condition as the API server shows it; {@code observedGeneration} is 0 where there is none. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SeenCondition(String type, String status, String reason, String message, long observedGeneration) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** In the order in which the object lists them. */
    public static List<SeenCondition> of(GenericKubernetesResource object) {
        return object.get("status", "conditions") instanceof List<?> conditions
                ? conditions.stream()
                        .map(condition -> JSON.convertValue(condition, SeenCondition.class))
                        .toList()
                : List.of();
    }

    public boolean isTrue() {
        return "True".equals(status);
    }

    @Override
    public String toString() {
        return "%s=%s %s: %s".formatted(type, status, reason, message);
    }
}
