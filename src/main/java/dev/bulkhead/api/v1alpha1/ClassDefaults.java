package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClassDefaults(
        Map<String, Quantity> quota, @Nullable ContainerLimits limits) {

    public ClassDefaults {
        quota = Absent.or(quota);
    }
}
