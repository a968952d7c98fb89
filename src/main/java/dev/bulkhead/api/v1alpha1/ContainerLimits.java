package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

@Wire
@ValidationRule(
        value =
                "!has(self.defaultRequest) || self.defaultRequest.all(key, !has(self.default) || !(key in self.default) ||"
                        + " quantity(string(self.defaultRequest[key])).compareTo(quantity(string(self.default[key]))) <= 0)",
        message = "a default request is over the default limit of the same resource: lower it, or raise the limit")
public record ContainerLimits(
        @JsonProperty("default")
        @JsonPropertyDescription("The limits of containers that name none, such as {memory: 256Mi}.")
        @Size(max = 20)
        Map<String, Quantity> defaults,

        @JsonPropertyDescription("The requests of containers that name none, such as {cpu: 100m}.") @Size(max = 20)
        Map<String, Quantity> defaultRequest) {

    public ContainerLimits {
        defaults = Absent.or(defaults);
        defaultRequest = Absent.or(defaultRequest);
    }
}
