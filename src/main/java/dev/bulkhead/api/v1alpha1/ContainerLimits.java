package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ContainerLimits(
        @JsonProperty("default") Map<String, Quantity> defaults, Map<String, Quantity> defaultRequest) {

    public ContainerLimits {
        defaults = Absent.or(defaults);
        defaultRequest = Absent.or(defaultRequest);
    }
}
