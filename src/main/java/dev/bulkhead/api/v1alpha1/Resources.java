package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Resources(Map<String, Quantity> requests, Map<String, Quantity> limits) {

    public Resources {
        requests = Absent.or(requests);
        limits = Absent.or(limits);
    }
}
