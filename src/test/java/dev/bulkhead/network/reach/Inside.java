package dev.bulkhead.network.reach;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inside of objects, as the brute-force model looks at it. */
final class Inside {

    private Inside() {}

    static String age(GenericKubernetesResource object) {
        var created = object.getMetadata().getCreationTimestamp();
        return (created == null ? "9999" : created) + " " + object.getMetadata().getName();
    }

    static Map<String, Object> spec(GenericKubernetesResource object) {
        return map(object.getAdditionalProperties().get("spec"));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    static List<?> list(@Nullable Object value) {
        return value == null ? List.of() : (List<?>) value;
    }

    static String string(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    static LabelSelector selector(@Nullable Object value) {
        var labels = map(map(value).get("matchLabels"));
        var selector = new LabelSelector();
        var texts = new HashMap<String, String>();
        labels.forEach((key, text) -> texts.put(key, string(text)));
        selector.setMatchLabels(texts);
        return selector;
    }
}
