package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Wire
public record ClassDefaults(
        @JsonPropertyDescription("The quota of namespaces that have none.") @Size(max = 50)
        Map<String, Quantity> quota,

        @JsonPropertyDescription("The limits of namespaces that have none.") @Nullable
        ContainerLimits limits) {

    public ClassDefaults {
        quota = Absent.or(quota);
    }
}
