package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

@Wire
@ValidationRule(
        value = "!has(self.requests) || self.requests.all(key, !has(self.limits) || !(key in self.limits) ||"
                + " quantity(string(self.requests[key])).compareTo(quantity(string(self.limits[key]))) <= 0)",
        message = "a request is over the limit of the same resource: lower it, or raise the limit")
public record Resources(
        @JsonPropertyDescription("What is set aside for it, such as {cpu: 100m, memory: 128Mi}.") @Size(max = 20)
        Map<String, Quantity> requests,

        @JsonPropertyDescription("What it may use at most; over its memory limit it is killed.") @Size(max = 20)
        Map<String, Quantity> limits) {

    public Resources {
        requests = Absent.or(requests);
        limits = Absent.or(limits);
    }
}
