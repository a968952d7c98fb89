package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EgressBounds(List<String> cidrs, List<String> hosts) {

    public EgressBounds {
        cidrs = Absent.or(cidrs);
        hosts = Absent.or(hosts);
    }
}
